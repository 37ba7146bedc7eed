// BinaryEvaluation: operators between scalars, vectors and scalars, and vectors.
import Events

extension Evaluation {
    /// What a binary operation gives.
    ///
    /// Of operators in a row the left sides are gone through from the first that is not known: calls
    /// within calls would take as much stack as there are operators.
    func row(endingWith last: Node, at time: Int64) throws(EvaluationError) -> Result {
        let noted = notes.count
        var row: [Node] = []
        var next = last
        var known: Result?
        while known == nil, case .binary(_, let left, _) = next.operation {
            row.append(next)
            next = left
            known = self.known(left, at: time)
        }
        var result = if let known { known } else { try evaluate(next, at: time) }
        for node in row.reversed() {
            guard case .binary(let binary, _, let right) = node.operation else { continue }
            try checkInterruption()
            result = try apply(binary, of: node, result, try evaluate(right, at: time))
            // Where there is much to remark, each left side would remember it anew.
            guard node !== last, notes.count - noted < 100 else { continue }
            keep(result, of: node, at: time, noted: noted)
        }
        return result
    }

    private func apply(
        _ binary: BinaryOperation, of node: Node, _ left: Result, _ right: Result
    ) throws(EvaluationError) -> Result {
        if binary.operation.isTrim { note(.floatsTrimmed(binary.operation), node) }
        switch (left, right) {
        case (.scalar(let one), .scalar(let other)):
            return .scalar(binary.operation.apply(one, other))
        case (.vector(let vector), .scalar(let number)):
            return .vector(try binary.apply(vector, number, isSwapped: false))
        case (.scalar(let number), .vector(let vector)):
            return .vector(try binary.apply(vector, number, isSwapped: true))
        case (.vector(let one), .vector(let other)):
            return .vector(try binary.apply(one, other))
        case (.string, _), (_, .string): throw .mistyped(binary.position)
        }
    }
}

extension BinaryOperation {
    /// Whether a comparison only lets values through, and leaves them and their names as they are.
    var isFilter: Bool {
        operation.isTrim || (operation.isComparison && !returnsBool)
    }

    /// Between each value and a number; `isSwapped` says that the number stands on the left.
    func apply(
        _ vector: Vector, _ number: Double, isSwapped: Bool
    ) throws(EvaluationError) -> Vector {
        let operation = operation
        if isFilter {
            return vector.filtered {
                isSwapped
                    ? operation.holds(number, vector.values[$0])
                    : operation.holds(vector.values[$0], number)
            }
        }
        var result = vector.with(vector.column.withoutMetadata)
        for (place, value) in vector.values.enumerated() {
            result.values[place] =
                isSwapped ? operation.apply(number, value) : operation.apply(value, number)
        }
        return try result.checkedForDoubles()
    }

    func apply(_ left: Vector, _ right: Vector) throws(EvaluationError) -> Vector {
        let matching =
            matching
            ?? VectorMatching(cardinality: .oneToOne, labels: [], isOn: false, include: [])
        switch operation {
        case .and: return matching.and(left, right)
        case .unless: return matching.unless(left, right)
        case .or: return try matching.or(left, right).checkedForDoubles()
        default: return try VectorPairing(self, matching).apply(left, right)
        }
    }
}
