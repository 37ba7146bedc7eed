// PresenceFunctions: whether there is anything, and since when.
import Events

extension Evaluation {
    /// When each value was sampled, in seconds; of computed values the time of evaluation.
    func timestamps(_ node: Node, at time: Int64) throws(EvaluationError) -> Vector {
        guard case .vector(let selection, let modifiers) = node.operation else {
            return try mapped(try vector(node, at: time)) { _ in Double(time) / 1000 }
        }
        let vector = try select(selection, modifiers, at: time) { Double($0.time) / 1000 }
        return try vector.with(vector.column.withoutMetadata).checkedForDoubles()
    }

    /// 1 where a vector is empty, with the labels that its selector is sure of.
    func absent(_ node: Node, at time: Int64) throws(EvaluationError) -> Vector {
        guard try vector(node, at: time).count == 0 else { return .empty }
        guard case .vector(let selector) = node.expression else {
            return Vector(single, values: [1])
        }
        return Vector(.single(selector.matchers.certainLabels), values: [1])
    }

    /// 1 where a range has no samples, with the labels that its selector is sure of.
    func absentOverTime(_ node: Node, at time: Int64) throws(EvaluationError) -> Vector {
        var isThere = false
        _ = try forEachWindow(of: node, at: time) { (_, _) in isThere = true }
        guard !isThere else { return .empty }
        guard case .range(let range) = node.expression else {
            return Vector(single, values: [1])
        }
        return Vector(.single(range.selector.matchers.certainLabels), values: [1])
    }
}

extension [Matcher] {
    /// The labels that all matching series have: those asked for by one equality and by nothing else.
    fileprivate var certainLabels: Labels {
        var labels = Labels()
        var seen: Set<String> = []
        for matcher in self where matcher.name != Labels.nameLabel {
            let isFirst = matcher.operation == .equal && !seen.contains(matcher.name)
            labels[matcher.name] = isFirst ? matcher.value : ""
            if isFirst { seen.insert(matcher.name) }
        }
        return labels
    }
}
