// BoundingFunctions: values held within bounds, or rounded.

extension Evaluation {
    func clamped(
        _ function: VectorFunction, _ arguments: [Node], at time: Int64
    ) throws(EvaluationError) -> Vector {
        let vector = try vector(arguments[0], at: time)
        var (low, high) = (-Double.infinity, Double.infinity)
        if function != .clampMax { low = try scalar(arguments[1], at: time) }
        if function == .clampMax { high = try scalar(arguments[1], at: time) }
        if function == .clamp { high = try scalar(arguments[2], at: time) }
        guard !(high < low) else { return .empty }
        return try mapped(vector) { .goMaximum(low, .goMinimum(high, $0)) }
    }

    /// To the nearest multiple of the second argument, or of 1; the upper of two.
    func rounded(_ arguments: [Node], at time: Int64) throws(EvaluationError) -> Vector {
        let vector = try vector(arguments[0], at: time)
        let nearest = arguments.count > 1 ? try scalar(arguments[1], at: time) : 1
        // Dividing by the inverse is off less often than multiplying.
        let inverse = 1 / nearest
        return try mapped(vector) { ($0 * inverse + 0.5).rounded(.down) / inverse }
    }
}

extension Double {
    /// The larger of two as Go's `math.Max` has it: an infinity wins over NaN, NaN over all else.
    fileprivate static func goMaximum(_ one: Double, _ other: Double) -> Double {
        if one == .infinity || other == .infinity { return .infinity }
        if one.isNaN || other.isNaN { return .nan }
        // 0 is above -0.
        if one == other { return one.sign == .minus ? other : one }
        return max(one, other)
    }

    /// The smaller of two as Go's `math.Min` has it.
    fileprivate static func goMinimum(_ one: Double, _ other: Double) -> Double {
        -goMaximum(-one, -other)
    }
}
