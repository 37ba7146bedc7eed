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
        // A NaN among the three makes one of the result.
        if low.isNaN || high.isNaN { return try mapped(vector) { _ in .nan } }
        return try mapped(vector) { $0.isNaN ? .nan : max(low, min(high, $0)) }
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
