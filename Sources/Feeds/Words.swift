// Words: what several feeds write in notes and in paths.

extension Int {
    /// `1 saga`, `11,240 spans`.
    func counted(_ noun: String) -> String {
        "\(grouped) \(noun)\(self == 1 ? "" : "s")"
    }

    /// With a comma before each three digits.
    var grouped: String {
        var digits = Array(String(magnitude).reversed())
        for place in stride(from: digits.count / 3 * 3, to: 0, by: -3) where place < digits.count {
            digits.insert(",", at: place)
        }
        return (self < 0 ? "-" : "") + String(digits.reversed())
    }
}

extension String {
    /// A key as a path: its slashes stay.
    package var keyPath: String {
        split(separator: "/", omittingEmptySubsequences: false)
            .map { String($0).percentEncoded }.joined(separator: "/")
    }

    /// Safe as one path segment, or as the value of a query's parameter.
    var percentEncoded: String { percentEncoded(uppercase: true) }

    func percentEncoded(uppercase: Bool) -> String {
        utf8.reduce(into: "") { text, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: uppercase)
                text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
