// SortFunctions: values in order.

extension Evaluation {
    /// By value, ascending or descending; NaN comes last both ways.
    func sorted(
        _ node: Node, _ argument: Node, _ function: VectorFunction, at time: Int64
    ) throws(EvaluationError) -> Vector {
        if span.step > 0 { note(.ineffectiveSort(function.rawValue), node) }
        let vector = try vector(argument, at: time)
        let sign = function == .sort ? 1.0 : -1.0
        let places = vector.values.indices.sorted {
            let (one, other) = (sign * vector.values[$0], sign * vector.values[$1])
            return other.isNaN ? !one.isNaN : one < other
        }
        return vector.picking(places)
    }
}
