// GoPrinter+Numbers: whole and floating-point numbers under their verbs.

extension GoPrinter {
    mutating func print(_ number: Int64, of value: TemplateValue, _ verb: Unicode.Scalar) {
        switch verb {
        case "v", "d": print(number, radix: 10, prefix: "", verb)
        case "b": print(number, radix: 2, prefix: flags.sharp ? "0b" : "", verb)
        case "o": print(number, radix: 8, prefix: flags.sharp ? "0" : "", verb)
        case "O": print(number, radix: 8, prefix: "0o", verb)
        case "x", "X": print(number, radix: 16, prefix: flags.sharp ? "0\(verb)" : "", verb)
        case "c": pad(String(Self.scalar(number)))
        case "q": pad(GoLiteral.quoted(Self.scalar(number), asciiOnly: flags.plus))
        case "U": printCodePoint(number)
        default: complain(of: value, verb)
        }
    }

    private static func scalar(_ number: Int64) -> Unicode.Scalar {
        UInt32(exactly: number).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    }

    private mutating func print(
        _ number: Int64, radix: Int, prefix: String, _ verb: Unicode.Scalar
    ) {
        if flags.precision == 0, number == 0 { return pad("", withZeros: false) }
        var digits = String(number.magnitude, radix: radix, uppercase: verb == "X")
        let sign = number < 0 ? "-" : flags.plus ? "+" : flags.space ? " " : ""
        var least = flags.precision ?? 0
        if flags.precision == nil, flags.zero, !flags.minus, let width = flags.width {
            least = width - sign.utf8.count
        }
        let zeros = String(repeating: "0", count: max(0, least - digits.utf8.count))
        digits = zeros + digits
        let isMarked = prefix == "0" && digits.utf8.first == UInt8(ascii: "0")
        pad(sign + (isMarked ? "" : prefix) + digits, withZeros: false)
    }

    /// `U+00E9`, and with a sharp the character too.
    private mutating func printCodePoint(_ number: Int64) {
        let digits = String(UInt64(bitPattern: number), radix: 16, uppercase: true)
        let least = max(4, flags.precision ?? 0)
        let zeros = String(repeating: "0", count: max(0, least - digits.utf8.count))
        let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init)
        let shown = scalar.flatMap { flags.sharp && GoLiteral.isPrintable($0) ? " '\($0)'" : nil }
        pad("U+" + zeros + digits + (shown ?? ""), withZeros: false)
    }

    mutating func print(_ number: Double, of value: TemplateValue, _ verb: Unicode.Scalar) {
        switch verb {
        case "v", "g": print(number, form: "g", least: nil)
        case "e", "f": print(number, form: verb, least: 6)
        case "F": print(number, form: "f", least: 6)
        case "x": print(number, form: "x", least: nil)
        case "b": pad(Self.powerOfTwo(number))
        case "G", "X", "E":
            var upper = self
            upper.output = ""
            upper.print(
                number, of: value, verb.properties.lowercaseMapping.unicodeScalars.first ?? "g")
            output += number.isFinite ? upper.output.uppercased() : upper.output
        default: complain(of: value, verb)
        }
    }

    private mutating func print(_ number: Double, form: Unicode.Scalar, least: Int?) {
        let text = GoFloat.text(number, form: form, precision: flags.precision ?? least)
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        var digits = text.drop { $0 == "-" || $0 == "+" }
        guard number.isFinite else {
            let isSigned = number.isNaN ? flags.plus : flags.plus || (!isNegative && !flags.space)
            let sign = isNegative ? "-" : isSigned ? "+" : flags.space ? " " : ""
            return pad(sign + digits, withZeros: false)
        }
        if flags.sharp {
            digits = Self.withPoint(digits, form: form, precision: flags.precision)[...]
        }
        let sign = isNegative ? "-" : flags.plus ? "+" : flags.space ? " " : ""
        guard flags.zero, !flags.minus, let width = flags.width, !sign.isEmpty else {
            return pad(sign + digits)
        }
        let missing = width - sign.utf8.count - digits.utf8.count
        output += sign + String(repeating: "0", count: max(0, missing)) + digits
    }

    /// The number with a point, and under `%g` with all the digits asked for.
    private static func withPoint(
        _ text: Substring, form: Unicode.Scalar, precision: Int?
    ) -> String {
        let mark = text.firstIndex { $0 == "e" || $0 == "p" } ?? text.endIndex
        var mantissa = String(text[..<mark])
        let digits = mantissa.drop { $0 == "0" || $0 == "." }.utf8.filter(\.isDecimalDigit).count
        if !mantissa.contains(".") { mantissa += "." }
        if form == "g" {
            let shown = digits == 0 ? 1 : digits
            mantissa += String(repeating: "0", count: max(0, (precision ?? 6) - shown))
        }
        return mantissa + text[mark...]
    }

    /// Go's `%b` of a float: a whole number times a power of two.
    private static func powerOfTwo(_ number: Double) -> String {
        guard number.isFinite else { return GoFloat.text(number, form: "g", precision: nil) }
        let isNormal = number.isNormal
        let significand = number.significandBitPattern | (isNormal ? 1 << 52 : 0)
        let exponent = (isNormal ? Int(number.exponentBitPattern) : 1) - 1075
        let sign = number.sign == .minus ? "-" : ""
        return "\(sign)\(significand)p\(exponent < 0 ? "" : "+")\(exponent)"
    }
}
