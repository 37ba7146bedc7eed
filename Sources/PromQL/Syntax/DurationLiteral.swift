// DurationLiteral: spans of time as Prometheus writes them, `1d12h` or `5m`.

/// Why a text is no duration, in Prometheus' words.
package enum DurationLiteralError: Error, Hashable, CustomStringConvertible {
    case empty
    case malformed(String)
    case unitNotKnown(String, in: String)
    /// More than fits 64 bits of nanoseconds, about 292 years.
    case outOfRange

    package var description: String {
        switch self {
        case .empty: "empty duration string"
        case .malformed(let text): "not a valid duration string: \(text.quoted)"
        case .unitNotKnown(let unit, let text):
            "unknown unit \(unit.quoted) in duration \(text.quoted)"
        case .outOfRange: "duration out of range"
        }
    }
}

/// The units, from the largest to the smallest, in milliseconds: a year has 365 days.
private let units: [(name: String, milliseconds: Int64)] = [
    ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
    ("m", 60_000), ("s", 1000), ("ms", 1),
]

extension Duration {
    /// Reads a duration such as `1h30m`: numbers with units, the largest first, each at most once.
    ///
    /// `0` needs no unit.
    package init(literal text: String) throws(DurationLiteralError) {
        guard !text.isEmpty else { throw .empty }
        var rest = text.utf8[...]
        if text == "0" { rest = rest.dropFirst() }
        var nanoseconds: UInt64 = 0
        var place = 0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isDigit }
            rest = rest.dropFirst(digits.count)
            let name = String(Substring(rest.prefix { !$0.isDigit }))
            rest = rest.dropFirst(name.utf8.count)
            guard let number = UInt64(Substring(digits)), !name.isEmpty else {
                throw .malformed(text)
            }
            guard let unit = units.firstIndex(where: { $0.name == name }) else {
                throw .unitNotKnown(name, in: text)
            }
            guard unit >= place else { throw .malformed(text) }
            place = unit + 1
            let part = number.multipliedReportingOverflow(
                by: UInt64(units[unit].milliseconds) * 1_000_000)
            let sum = nanoseconds.addingReportingOverflow(part.partialValue)
            guard !part.overflow, !sum.overflow, sum.partialValue <= Int64.max else {
                throw .outOfRange
            }
            nanoseconds = sum.partialValue
        }
        self = .nanoseconds(Int64(nanoseconds))
    }

    /// As Prometheus prints it: whole milliseconds, `5m`, `1d12h`, `-30s`; 0 is `0s`.
    ///
    /// Years and weeks are used only where nothing remains: 90 days are `90d`, not `12w6d`.
    package var literal: String {
        let (seconds, attoseconds) = components
        var rest = seconds.magnitude &* 1000 &+ attoseconds.magnitude / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = self < .zero ? "-" : ""
        for unit in units {
            let length = unit.milliseconds.magnitude
            if unit.name == "y" || unit.name == "w", !rest.isMultiple(of: length) { continue }
            if rest >= length { text += "\(rest / length)\(unit.name)" }
            rest %= length
        }
        return text
    }

    /// The duration in seconds.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds / 1_000_000_000) / 1e9
    }
}
