// Double, Go: numbers as Go's strconv.ParseFloat reads them.

/// Why a text is no number, in Go's words.
package struct NumberSyntaxError: Error, CustomStringConvertible {
    package var text: String
    package var isOutOfRange = false

    package var description: String {
        let reason = isOutOfRange ? "value out of range" : "invalid syntax"
        return "strconv.ParseFloat: parsing \(text.quoted): \(reason)"
    }
}

extension Double {
    /// Reads a number: `-1.5e3`, `1_000`, `0x1p-2`, `Inf`, `infinity`, `NaN`.
    ///
    /// Swift would also take `nan(1)` and a hexadecimal number without exponent, and would make an
    /// infinity of what is too large. Source: <https://pkg.go.dev/strconv#ParseFloat>
    package init(go text: String) throws(NumberSyntaxError) {
        let bytes = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let isSigned = bytes.first.map { "+-".utf8.contains($0) } ?? false
        let body = bytes[(isSigned ? 1 : 0)...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        switch String(decoding: body, as: UTF8.self) {
        case "inf", "infinity": self = isNegative ? -.infinity : .infinity
        case "nan" where !isSigned: self = .nan
        default:
            let digits = body.filter { $0 != UInt8(ascii: "_") }
            guard text.hasUnderscoresBetweenDigits, isGoNumber(digits),
                let value = Double(String(decoding: digits, as: UTF8.self))
            else { throw NumberSyntaxError(text: text) }
            guard value.isFinite else { throw NumberSyntaxError(text: text, isOutOfRange: true) }
            self = isNegative ? -value : value
        }
    }
}

/// Whether the text, in lower case, is a decimal number, or a hexadecimal one with its exponent.
private func isGoNumber(_ text: [UInt8]) -> Bool {
    let base: UInt32 = text.starts(with: "0x".utf8) ? 16 : 10
    var rest = text[(base == 16 ? 2 : 0)...]
    func takeDigits() -> Int {
        let digits = rest.prefix { $0.digit(base: base) != nil }
        rest = rest.dropFirst(digits.count)
        return digits.count
    }
    var digits = takeDigits()
    if rest.first == UInt8(ascii: ".") {
        rest = rest.dropFirst()
        digits += takeDigits()
    }
    guard digits > 0 else { return false }
    guard let mark = rest.popFirst() else { return base == 10 }
    guard mark == UInt8(ascii: base == 16 ? "p" : "e") else { return false }
    if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy(\.isDigit)
}

extension String {
    /// Whether each underscore has a digit, or the `0x`, on its left and a digit on its right.
    var hasUnderscoresBetweenDigits: Bool {
        let underscore = UInt8(ascii: "_")
        guard utf8.contains(underscore) else { return true }
        let bytes = Array(utf8.drop { "+-".utf8.contains($0) })
        let isHexadecimal =
            bytes.count > 1 && bytes[0] == UInt8(ascii: "0") && bytes[1] | 0x20 == 0x78
        let base: UInt32 = isHexadecimal ? 16 : 10
        return bytes.indices.allSatisfy { place in
            guard bytes[place] == underscore else { return true }
            guard place > 0, place + 1 < bytes.count else { return false }
            let isBehindPrefix = isHexadecimal && place == 2
            let left = bytes[place - 1].digit(base: base) != nil || isBehindPrefix
            return left && bytes[place + 1].digit(base: base) != nil
        }
    }
}
