// TimeArithmetic: where offsets and `@` lead, and how long duration expressions are.
import Events
import Glibc

extension Evaluation {
    /// The moment that a selector reads at, by its `@` and its offset.
    func moment(_ modifiers: TimeModifiers, at time: Int64) throws(EvaluationError) -> Int64 {
        let base =
            switch modifiers.at {
            case .instant(let instant):
                instant.bounded
            case .start: span.start
            case .end: span.end
            case nil: time
            }
        guard let offset = modifiers.offset else { return base }
        return base - (try milliseconds(offset))
    }

    /// How long a range or a step is, in whole milliseconds.
    ///
    /// It must be more than nothing, but may be less than a millisecond: such a range holds no sample.
    func positive(_ duration: DurationExpression) throws(EvaluationError) -> Int64 {
        let isPositive =
            if case .literal(let literal) = duration {
                literal > .zero
            } else {
                try seconds(duration) > 0
            }
        guard isPositive else { throw .invalidArgument("duration must be greater than 0") }
        return try milliseconds(duration)
    }

    private func milliseconds(_ duration: DurationExpression) throws(EvaluationError) -> Int64 {
        let milliseconds = try seconds(duration) * 1000
        // Prometheus counts nanoseconds in 64 bits: 292 years.
        guard abs(milliseconds) < 9.2e12 else {
            throw .invalidArgument("duration is out of range")
        }
        return Int64(milliseconds.rounded(duration.isLiteral ? .toNearestOrEven : .towardZero))
    }

    private func seconds(_ duration: DurationExpression) throws(EvaluationError) -> Double {
        switch duration {
        case .literal(let literal):
            let (seconds, attoseconds) = literal.components
            return Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1000
        case .number(let number): return number
        case .step: return Double(span.step) / 1000
        case .range: return Double(span.end - span.start) / 1000
        case .negative(let inner): return -(try seconds(inner))
        case .parentheses(let inner): return try seconds(inner)
        case .min(let left, let right): return min(try seconds(left), try seconds(right))
        case .max(let left, let right): return max(try seconds(left), try seconds(right))
        case .binary(let operation, let left, let right):
            return try seconds(operation, try seconds(left), try seconds(right))
        }
    }

    private func seconds(
        _ operation: BinaryOperator, _ left: Double, _ right: Double
    ) throws(EvaluationError) -> Double {
        if right == 0, operation == .divide { throw .invalidArgument("division by zero") }
        if right == 0, operation == .modulo { throw .invalidArgument("modulo by zero") }
        return operation.apply(left, right)
    }
}

extension DurationExpression {
    fileprivate var isLiteral: Bool { if case .literal = self { true } else { false } }
}

extension Instant {
    /// The milliseconds, within what is reckoned with: offsets taken from it do not overflow.
    var bounded: Int64 {
        let farthest = Int64(SeriesStore.farthest)
        return min(max(milliseconds, -farthest), farthest)
    }
}
