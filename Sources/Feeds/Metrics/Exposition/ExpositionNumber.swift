// ExpositionNumber: values and timestamps, read as Go reads them.

enum ExpositionNumber {
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    /// A value: decimal, `1e3`, `NaN`, `+Inf`; neither hexadecimal nor with underscores.
    static func value(_ bytes: ArraySlice<UInt8>) throws(ExpositionFault) -> Double {
        if let short = plainDecimal(bytes) { return short }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !bytes.contains(where: { $0 | 0x20 == UInt8(ascii: "p") || $0 == UInt8(ascii: "_") })
        else { throw ExpositionFault(message: "unsupported character in float") }
        if let special = special(text.lowercased()) { return special }
        // Swift knows more spellings: `0x1F`, `nan(0x1)`.
        let isDecimal = bytes.allSatisfy {
            $0.isDigit || $0 | 0x20 == UInt8(ascii: "e") || ".+-".utf8.contains($0)
        }
        guard isDecimal, let value = Double(text) else {
            throw complaint(bytes, "invalid syntax")
        }
        guard value.isFinite else { throw complaint(bytes, "value out of range") }
        return value
    }

    /// Whole milliseconds.
    static func milliseconds(_ bytes: ArraySlice<UInt8>) throws(ExpositionFault) -> Int64 {
        guard let number = Int64(String(decoding: bytes, as: UTF8.self)) else {
            let text = bytes.goQuoted
            throw ExpositionFault(message: "strconv.ParseInt: parsing \(text): value out of range")
        }
        return number
    }

    /// Seconds, which may have a fraction, in milliseconds; none is farther off than any calendar.
    static func seconds(_ bytes: ArraySlice<UInt8>) throws(ExpositionFault) -> Int64 {
        let seconds = try value(bytes)
        guard seconds.isFinite else {
            throw ExpositionFault(message: "invalid timestamp \(seconds)")
        }
        let farthest = Double(1 << 52)
        return Int64(min(max(seconds * 1000, -farthest), farthest))
    }

    /// Up to fifteen digits with a point: both parts are exact, and so is their quotient rounded once.
    private static func plainDecimal(_ bytes: ArraySlice<UInt8>) -> Double? {
        guard bytes.count <= 17 else { return nil }
        var (digits, behindPoint, number) = (0, 0, 0)
        var hasPoint = false
        var rest = bytes
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest = rest.dropFirst() }
        for byte in rest {
            if byte.isDigit {
                number = number * 10 + Int(byte &- UInt8(ascii: "0"))
                digits += 1
                if hasPoint { behindPoint += 1 }
            } else if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else {
                return nil
            }
        }
        guard digits > 0, digits <= 15 else { return nil }
        let value = Double(number) / powers[behindPoint]
        return isNegative ? -value : value
    }

    private static func special(_ word: String) -> Double? {
        switch word {
        case "nan": .nan
        case "inf", "+inf", "infinity", "+infinity": .infinity
        case "-inf", "-infinity": -.infinity
        default: nil
        }
    }

    private static func complaint(_ bytes: ArraySlice<UInt8>, _ reason: String) -> ExpositionFault {
        ExpositionFault(message: "strconv.ParseFloat: parsing \(bytes.goQuoted): \(reason)")
    }
}
