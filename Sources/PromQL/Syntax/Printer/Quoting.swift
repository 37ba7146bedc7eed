// Quoting: strings and characters between quotes, as Go writes them.

/// Private characters that stand for bytes which are no UTF-8, by the byte.
private let strayBytes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

extension String {
    /// Text from bytes; one that is no UTF-8 becomes a private character, and is printed as a byte.
    init(keeping bytes: [UInt8]) {
        self = ""
        var rest = bytes[...]
        while let byte = rest.first {
            let scalar = (1...min(4, rest.count)).lazy
                .compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first
            self += scalar ?? String(Unicode.Scalar(0x10FF00 | UInt32(byte)) ?? "\u{FFFD}")
            rest = rest.dropFirst(scalar?.utf8.count ?? 1)
        }
    }

    /// Whether it is a label's name: any text but none, and without bytes that are no UTF-8.
    var isLabelName: Bool {
        !isEmpty && !unicodeScalars.contains { strayBytes.contains($0.value) }
    }

    /// Between double quotes, with Go's escapes.
    package var quoted: String {
        var text = "\""
        for scalar in unicodeScalars { text += scalar.escaped(inside: "\"") }
        return text + "\""
    }
}

extension Unicode.Scalar {
    /// Between single quotes, with Go's escapes.
    var quoted: String { "'\(escaped(inside: "'"))'" }

    /// As Go's `%#U`: the code point, and the character where it can be seen.
    var codePoint: String {
        let number = "U+" + hexadecimal(digits: 4).uppercased()
        return isPrintable ? "\(number) '\(self)'" : number
    }

    fileprivate func escaped(inside quote: Unicode.Scalar) -> String {
        switch self {
        case quote, "\\": "\\\(self)"
        case "\u{07}": "\\a"
        case "\u{08}": "\\b"
        case "\u{0C}": "\\f"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\u{0B}": "\\v"
        // A string that holds it as it is would be refused.
        case "\u{FFFD}" where quote == "\"": "\\ufffd"
        case _ where isPrintable: String(self)
        case _ where strayBytes.contains(value): "\\x" + String(value & 0xFF, radix: 16)
        case _ where value < 0x80: "\\x" + hexadecimal(digits: 2)
        case _ where value < 0x10000: "\\u" + hexadecimal(digits: 4)
        default: "\\U" + hexadecimal(digits: 8)
        }
    }

    private func hexadecimal(digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// Letters, marks, numbers, punctuation, symbols, and the ASCII space.
    private var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        case .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: self == " "
        default: true
        }
    }
}
