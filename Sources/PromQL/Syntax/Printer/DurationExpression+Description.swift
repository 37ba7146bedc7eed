// DurationExpression, description: a duration as Prometheus prints it.
import Events

extension DurationExpression: CustomStringConvertible {
    package var description: String {
        switch self {
        case .literal(let duration) where duration.isBelowMillisecond:
            duration.inSeconds.prometheus
        case .literal(let duration): duration.literal
        case .number(let number): number.prometheus
        case .step: "step()"
        case .range: "range()"
        case .negative(let inner): "-\(inner)"
        case .binary(let operation, let left, let right):
            "\(left) \(operation.rawValue) \(right)"
        case .min(let first, let second): "min_of(\(first), \(second))"
        case .max(let first, let second): "max_of(\(first), \(second))"
        case .parentheses(let inner): "(\(inner))"
        }
    }
}

extension Instant {
    /// Seconds with three decimals.
    var seconds: String { (Double(milliseconds) / 1000).fixed(digits: 3) }
}

extension Duration {
    /// Not nothing, but less than literals can say.
    var isBelowMillisecond: Bool { self != .zero && milliseconds == 0 }

    /// Seconds rounded to nanoseconds, and to milliseconds where a Double has no room for those; what
    /// does not fit is cut.
    ///
    /// Milliseconds that somebody wrote stay those: 8744118.2 times a thousand million is one less.
    static func rounded(_ seconds: Double) -> Duration {
        let milliseconds = (seconds * 1000).rounded()
        if milliseconds.magnitude < 0x1p53, milliseconds / 1000 == seconds {
            return .milliseconds(Int64(milliseconds))
        }
        let nanoseconds = (seconds * 1e9).rounded(.toNearestOrAwayFromZero)
        guard let whole = Int64(exactly: nanoseconds) else {
            return .nanoseconds(seconds < 0 ? Int64.min : .max)
        }
        guard nanoseconds.magnitude > 0x1p53 else { return .nanoseconds(whole) }
        return .milliseconds(Int64((seconds * 1000).rounded(.toNearestOrAwayFromZero)))
    }
}
