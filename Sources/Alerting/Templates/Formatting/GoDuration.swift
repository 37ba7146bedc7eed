// GoDuration: spans of time as Go's time.Duration writes them.

/// Nanoseconds as text: <https://pkg.go.dev/time#Duration.String>.
enum GoDuration {
    static let second: Int64 = 1_000_000_000

    /// `1h1m1.25s`; below a second in the largest unit that fits: `42.3ms`.
    static func text(_ nanoseconds: Int64) -> String {
        let sign = nanoseconds < 0 ? "-" : ""
        let magnitude = nanoseconds.magnitude
        let second = UInt64(second)
        switch magnitude {
        case 0: return "0s"
        case ..<1000: return "\(sign)\(magnitude)ns"
        case ..<1_000_000: return sign + decimal(magnitude, unit: 1000) + "µs"
        case ..<second: return sign + decimal(magnitude, unit: 1_000_000) + "ms"
        default: break
        }
        let minutes = magnitude / (60 * second)
        let seconds = decimal(magnitude % (60 * second), unit: second) + "s"
        guard minutes > 0 else { return sign + seconds }
        guard minutes >= 60 else { return "\(sign)\(minutes)m\(seconds)" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    /// The number of units, with as many decimals as it takes.
    private static func decimal(_ magnitude: UInt64, unit: UInt64) -> String {
        let rest = String(magnitude % unit + unit).dropFirst()
        let decimals = rest.prefix(rest.count - rest.reversed().prefix { $0 == "0" }.count)
        return decimals.isEmpty ? "\(magnitude / unit)" : "\(magnitude / unit).\(decimals)"
    }

    /// Go's conversion of seconds; what does not fit is the smallest number, as on its processors.
    static func nanoseconds(_ seconds: Double) -> Int64 {
        Int64(exactly: (seconds * 1e9).rounded(.towardZero)) ?? .min
    }
}
