// Replacement: a replacement text with its group references, read once.

/// What takes the place of a match: text and groups in turn.
struct Replacement {
    enum Piece {
        case text([UInt8])
        case group(Int)

        func append(
            _ match: Pattern.Match, of bytes: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]
        ) {
            switch self {
            case .text(let text): result += text
            case .group(let group):
                guard group < match.count, let range = match[group] else { return }
                result += bytes[range]
            }
        }
    }

    private(set) var pieces: [Piece] = []

    init(_ text: String, for pattern: Pattern) {
        var rest = text.unicodeScalars[...]
        while let dollar = rest.firstIndex(of: "$") {
            append(rest[..<dollar])
            rest = rest[rest.index(after: dollar)...]
            if rest.first == "$" {
                pieces.append(.text([UInt8(ascii: "$")]))
                rest.removeFirst()
            } else if let name = Self.takeName(from: &rest) {
                if let group = Self.number(name) ?? pattern.group(named: name) {
                    pieces.append(.group(group))
                }
            } else {
                pieces.append(.text([UInt8(ascii: "$")]))
            }
        }
        append(rest)
    }

    private mutating func append(_ text: Substring.UnicodeScalarView) {
        if !text.isEmpty { pieces.append(.text(Array(String(text).utf8))) }
    }

    /// The longest name after a dollar, bare or in braces; nil where there is none.
    private static func takeName(from rest: inout Substring.UnicodeScalarView) -> String? {
        let isBraced = rest.first == "{"
        let body = isBraced ? rest.dropFirst() : rest
        let name = body.prefix(while: isNamePart)
        let after = body[name.endIndex...]
        guard !name.isEmpty, !isBraced || after.first == "}" else { return nil }
        rest = isBraced ? after.dropFirst() : after
        return String(name)
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic
            || scalar.properties.generalCategory == .decimalNumber
    }

    /// The group's number; a number with a leading zero is a name.
    private static func number(_ name: String) -> Int? {
        guard name == "0" || name.utf8.first != UInt8(ascii: "0"), name.utf8.count < 9 else {
            return nil
        }
        return name.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(name) : nil
    }
}
