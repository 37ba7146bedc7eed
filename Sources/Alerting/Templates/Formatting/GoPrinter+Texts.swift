// GoPrinter+Texts: strings under their verbs, and padding.

extension GoPrinter {
    mutating func print(text: String, _ verb: Unicode.Scalar) {
        switch verb {
        case "q": pad(quoted(truncated(text)))
        case "x", "X": printHexadecimal(text, verb)
        default:
            if flags.asSource { pad(quoted(truncated(text))) } else { pad(truncated(text)) }
        }
    }

    private func quoted(_ text: String) -> String {
        let isRaw =
            flags.sharp
            && text.unicodeScalars.allSatisfy { scalar in
                scalar != "`" && scalar != "\u{FEFF}" && scalar != "\u{7F}"
                    && (scalar.value >= 0x20 || scalar == "\t")
            }
        return isRaw ? "`\(text)`" : GoLiteral.quoted(text, asciiOnly: flags.plus)
    }

    private func truncated(_ text: String) -> String {
        flags.precision.map { String(text.unicodeScalars.prefix($0)) } ?? text
    }

    private mutating func printHexadecimal(_ text: String, _ verb: Unicode.Scalar) {
        let bytes = text.utf8.prefix(flags.precision ?? text.utf8.count)
        let mark = flags.sharp ? "0\(verb)" : ""
        let digits = bytes.map { byte in
            let digits = GoLiteral.hexadecimal(UInt32(byte), digits: 2)
            return verb == "X" ? digits.uppercased() : digits
        }
        if flags.space {
            pad(digits.map { mark + $0 }.joined(separator: " "))
        } else {
            pad(digits.isEmpty ? "" : mark + digits.joined())
        }
    }

    /// Writes the text in the width asked for.
    mutating func pad(_ text: String, withZeros: Bool = true) {
        let missing = (flags.width ?? 0) - text.unicodeScalars.count
        guard missing > 0 else {
            output += text
            return
        }
        let zeros = withZeros && flags.zero && !flags.minus
        let padding = String(repeating: zeros ? "0" : " ", count: missing)
        output += flags.minus ? text + padding : padding + text
    }
}
