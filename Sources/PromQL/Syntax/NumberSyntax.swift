// NumberSyntax: numbers as expressions and messages have them.
import Glibc

extension Double {
    /// Reads a number: decimal, `0x1F`, `0755`, `1e3`, `1_000`, `Inf`, `NaN`.
    init(prometheus text: String) throws(NumberSyntaxError) {
        if let integer = Int64(go: text) {
            self = Double(integer)
            return
        }
        let isHexadecimal = text.utf8.count > 1 && text.lowercased().hasPrefix("0x")
        // Go has hexadecimal fractions only with an exponent of two, which no word here can have.
        guard !isHexadecimal else { throw NumberSyntaxError(text: text) }
        try self.init(go: text)
    }
}

extension Int64 {
    /// An integer whose prefix tells its base: `0x`, `0` for octal; nil where it is none.
    fileprivate init?(go text: String) {
        guard text.hasUnderscoresBetweenDigits else { return nil }
        let digits = text.filter { $0 != "_" }
        if digits.lowercased().hasPrefix("0x") {
            self.init(digits.dropFirst(2), radix: 16)
        } else if digits.hasPrefix("0"), digits.utf8.count > 1 {
            self.init(digits.dropFirst(), radix: 8)
        } else {
            self.init(digits)
        }
    }
}

extension Double {
    /// The shortest text that reads back as the same number, without an exponent, as in rules.
    package var prometheus: String {
        guard isFinite else { return isNaN ? "NaN" : self < 0 ? "-Inf" : "+Inf" }
        let (sign, digits, exponent) = decimal
        let point = exponent + digits.utf8.count
        if point <= 0 { return "\(sign)0.\(String(repeating: "0", count: -point))\(digits)" }
        if exponent >= 0 { return "\(sign)\(digits)\(String(repeating: "0", count: exponent))" }
        return "\(sign)\(digits.prefix(point)).\(digits.dropFirst(point))"
    }

    /// The shortest digits, and the power of ten they are multiplied with.
    private var decimal: (sign: String, digits: String, exponent: Int) {
        let text = magnitude.description.split(separator: "e")
        let mantissa = text.first.map(String.init) ?? "0"
        var exponent = text.count > 1 ? Int(text[1]) ?? 0 : 0
        let parts = mantissa.split(separator: ".")
        var digits = String(parts.first ?? "0")
        if parts.count > 1, parts[1] != "0" {
            digits += parts[1]
            exponent -= parts[1].utf8.count
        }
        digits = String(digits.drop { $0 == "0" })
        let isNegative = sign == .minus
        return digits.isEmpty
            ? (isNegative ? "-" : "", "0", 0) : (isNegative ? "-" : "", digits, exponent)
    }

    /// All digits before the point and so many behind it, as C's `%.3f`.
    func fixed(digits: Int) -> String {
        guard isFinite else { return prometheus }
        // The largest number has 309 digits.
        var text = [CChar](repeating: 0, count: 330 + digits)
        let count = withVaList([digits, self]) { vsnprintf(&text, text.count, "%.*f", $0) }
        return String(decoding: text.prefix(Int(count)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
