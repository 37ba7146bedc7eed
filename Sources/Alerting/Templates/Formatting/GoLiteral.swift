// GoLiteral: strings and characters as Go's source writes them, read and written.

/// Go's quoted strings: <https://go.dev/ref/spec#String_literals>, and strconv's Quote.
enum GoLiteral {
    /// The string in double quotes, with what cannot be printed escaped.
    static func quoted(_ text: String, asciiOnly: Bool = false) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            result += escaped(scalar, quote: "\"", asciiOnly: asciiOnly)
        }
        return result + "\""
    }

    static func quoted(_ scalar: Unicode.Scalar, asciiOnly: Bool = false) -> String {
        "'" + escaped(scalar, quote: "'", asciiOnly: asciiOnly) + "'"
    }

    /// For messages: `U+00E9 'é'`.
    static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let number = "U+" + hexadecimal(scalar.value, digits: 4).uppercased()
        return isPrintable(scalar) ? "\(number) '\(scalar)'" : number
    }

    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20..<0x7F).contains(scalar.value) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator,
            .lineSeparator, .paragraphSeparator:
            return false
        default: return true
        }
    }

    static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func escaped(
        _ scalar: Unicode.Scalar, quote: Unicode.Scalar, asciiOnly: Bool
    ) -> String {
        switch scalar {
        case quote, "\\": return "\\\(scalar)"
        case _ where isPrintable(scalar) && (scalar.isASCII || !asciiOnly): return String(scalar)
        case "\u{7}": return "\\a"
        case "\u{8}": return "\\b"
        case "\u{C}": return "\\f"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case "\u{B}": return "\\v"
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            return "\\x" + hexadecimal(scalar.value, digits: 2)
        case _ where scalar.value < 0x10000: return "\\u" + hexadecimal(scalar.value, digits: 4)
        default: return "\\U" + hexadecimal(scalar.value, digits: 8)
        }
    }

    /// The string that a literal in quotes or backquotes stands for; nil where it is malformed.
    static func unquoted(_ literal: String) -> String? {
        let body = literal.utf8.dropFirst().dropLast()
        guard literal.utf8.first == UInt8(ascii: "\"") else {
            // Go leaves carriage returns out of raw strings.
            return String(decoding: body.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        }
        return unescaped(body, quote: UInt8(ascii: "\"")).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The code points of a character literal, which should be one; nil where it is malformed.
    static func characters(_ literal: String) -> [UInt32]? {
        let body = literal.utf8.dropFirst().dropLast()
        guard let bytes = unescaped(body, quote: UInt8(ascii: "'")) else { return nil }
        // An escape can write a byte that is no text by itself.
        if bytes.count == 1 { return bytes.map(UInt32.init) }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
    }

    /// The bytes, since an escape can write one that is no text by itself.
    private static func unescaped(_ body: Substring.UTF8View, quote: UInt8) -> [UInt8]? {
        var rest = body
        var result: [UInt8] = []
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            guard let bytes = escape(from: &rest, quote: quote) else { return nil }
            result += bytes
        }
        return result
    }

    private static func escape(from rest: inout Substring.UTF8View, quote: UInt8) -> [UInt8]? {
        guard let kind = rest.popFirst() else { return nil }
        switch Unicode.Scalar(kind) {
        case "a": return [7]
        case "b": return [8]
        case "f": return [12]
        case "n": return [10]
        case "r": return [13]
        case "t": return [9]
        case "v": return [11]
        case "\\": return [kind]
        case "'", "\"": return kind == quote ? [kind] : nil
        case "x":
            return number(from: &rest, digits: 2, radix: 16).flatMap(UInt8.init(exactly:)).map {
                [$0]
            }
        case "u": return scalar(from: &rest, digits: 4)
        case "U": return scalar(from: &rest, digits: 8)
        case "0"..."7":
            let first = UInt32(kind - UInt8(ascii: "0"))
            let more = number(from: &rest, digits: 2, radix: 8)
            return more.flatMap { UInt8(exactly: first * 64 + $0) }.map { [$0] }
        default: return nil
        }
    }

    private static func scalar(from rest: inout Substring.UTF8View, digits: Int) -> [UInt8]? {
        number(from: &rest, digits: digits, radix: 16).flatMap(Unicode.Scalar.init)
            .map { Array(String($0).utf8) }
    }

    private static func number(
        from rest: inout Substring.UTF8View, digits: Int, radix: Int
    ) -> UInt32? {
        let text = rest.prefix(digits)
        guard text.count == digits, text.allSatisfy({ $0 != UInt8(ascii: "+") }) else { return nil }
        rest = rest.dropFirst(digits)
        return UInt32(String(decoding: text, as: UTF8.self), radix: radix)
    }
}
