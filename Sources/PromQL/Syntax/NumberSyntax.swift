// NumberSyntax: numbers as Go reads and writes them.
import Glibc

/// Why a text is no number, in Go's words.
struct NumberSyntaxError: Error, CustomStringConvertible {
    var text: String
    var isOutOfRange = false

    var description: String {
        let reason = isOutOfRange ? "value out of range" : "invalid syntax"
        return "strconv.ParseFloat: parsing \(text.quoted): \(reason)"
    }
}

extension Double {
    /// Reads a number: decimal, `0x1F`, `0755`, `1e3`, `1_000`, `Inf`, `NaN`.
    init(prometheus text: String) throws(NumberSyntaxError) {
        if let integer = Int64(go: text) {
            self = Double(integer)
            return
        }
        let isHexadecimal = text.utf8.count > 1 && text.lowercased().hasPrefix("0x")
        // Go has hexadecimal fractions only with an exponent of two, which no word here can have.
        guard !isHexadecimal, text.hasUnderscoresBetweenDigits,
            let value = Double(text.filter { $0 != "_" })
        else { throw NumberSyntaxError(text: text) }
        guard value.isFinite || !text.utf8.contains(where: \.isDigit) else {
            throw NumberSyntaxError(text: text, isOutOfRange: true)
        }
        self = value
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

extension String {
    /// Whether each underscore has a digit, or the `0x`, on its left and a digit on its right.
    fileprivate var hasUnderscoresBetweenDigits: Bool {
        let bytes = Array(utf8)
        let isHexadecimal =
            bytes.count > 1 && bytes[0] == UInt8(ascii: "0") && bytes[1] | 0x20 == 0x78
        let base: UInt32 = isHexadecimal ? 16 : 10
        return bytes.indices.allSatisfy { place in
            guard bytes[place] == UInt8(ascii: "_") else { return true }
            guard place > 0, place + 1 < bytes.count else { return false }
            let isBehindPrefix = isHexadecimal && place == 2
            let left = bytes[place - 1].digit(base: base) != nil || isBehindPrefix
            return left && bytes[place + 1].digit(base: base) != nil
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
