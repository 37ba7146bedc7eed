// NumberSyntax: numbers as Go reads and writes them.

extension Parser {
    /// A number or a duration, which is one of seconds.
    mutating func numberLiteral() throws(Complaint) -> NumberLiteral {
        let token = try take()
        let text = lexer.text(of: token)
        let position = Position(token.start, token.end)
        if token.kind == .duration {
            do throws(DurationLiteralError) {
                let seconds = try Duration(literal: text).inSeconds
                return NumberLiteral(value: seconds, isDuration: true, position: position)
            } catch {
                throw Complaint(offset: token.start, message: error.description)
            }
        }
        do throws(NumberSyntaxError) {
            let value = try Double(prometheus: text)
            return NumberLiteral(value: value, isDuration: false, position: position)
        } catch {
            throw Complaint(offset: token.start, message: "error parsing number: \(error)")
        }
    }

    /// A number or a duration that may have one sign.
    mutating func signedNumber(in context: ErrorContext?) throws(Complaint) -> Double {
        let kind = try peek().kind
        if kind == .binary(.add) || kind == .binary(.subtract) { try take() }
        switch try peek().kind {
        case .number, .duration:
            let value = try numberLiteral().value
            return kind == .binary(.subtract) ? -value : value
        default:
            throw try unexpected(in: context)
        }
    }
}

extension Lexer {
    /// What a string says, without its quotes; its escapes have been checked.
    ///
    /// Bytes that are no UTF-8, as in `"\xff"`, are kept; see ``Swift/String/init(keeping:)``.
    func value(of string: Token) -> String {
        let content = text[(string.start + 1)..<(string.end - 1)]
        guard text[string.start] != UInt8(ascii: "`"), content.contains(UInt8(ascii: "\\")) else {
            return String(decoding: content, as: UTF8.self)
        }
        var bytes: [UInt8] = []
        var rest = content
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\") {
                bytes.append(contentsOf: Self.unescape(&rest))
            } else {
                bytes.append(byte)
            }
        }
        return String(keeping: bytes)
    }

    /// The bytes of the escape that starts here, behind the backslash.
    private static func unescape(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        guard let byte = rest.popFirst() else { return [] }
        switch byte {
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "v"): return [0x0B]
        case UInt8(ascii: "x"): return [UInt8(truncatingIfNeeded: code(2, 16, &rest))]
        case UInt8(ascii: "u"): return encoded(code(4, 16, &rest))
        case UInt8(ascii: "U"): return encoded(code(8, 16, &rest))
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let first = UInt32(byte - UInt8(ascii: "0"))
            return [UInt8(truncatingIfNeeded: code(2, 8, &rest, behind: first))]
        default: return [byte]
        }
    }

    private static func code(
        _ digits: Int, _ base: UInt32, _ rest: inout ArraySlice<UInt8>, behind first: UInt32 = 0
    ) -> UInt32 {
        var code = first
        for _ in 0..<digits {
            guard let digit = rest.popFirst()?.digit(base: base) else { break }
            code = code &* base &+ digit
        }
        return code
    }

    private static func encoded(_ code: UInt32) -> [UInt8] {
        Array(String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    }
}
