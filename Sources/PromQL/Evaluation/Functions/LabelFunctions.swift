// LabelFunctions: labels made from other labels.
import Events
import Patterns

extension Evaluation {
    /// Sets a label from what a regular expression takes out of another, where it matches.
    func labelReplaced(_ arguments: [Node], at time: Int64) throws(EvaluationError) -> Vector {
        let words = try strings(arguments.dropFirst(), at: time)
        let (target, template, source) = (words[0], words[1], words[2])
        let pattern: Pattern
        do throws(PatternError) {
            pattern = try Pattern(words[3])
        } catch {
            throw .invalidArgument("invalid regular expression in label_replace(): \(words[3])")
        }
        try requireName(target, "destination", "label_replace")
        let vector = try vector(arguments[0], at: time)
        // A value that is made of itself twice over can be long after a few calls.
        try checkInterruption()
        let column = vector.column.changing(.replace(words.map(ByteString.init))) { labels in
            guard let value = pattern.expand(template, in: labels[source]) else { return labels }
            var changed = labels
            changed[target] = value
            return changed
        }
        return try vector.with(column).checkedForDoubles()
    }

    /// Sets a label to the values of others, joined by a separator.
    func labelJoined(_ arguments: [Node], at time: Int64) throws(EvaluationError) -> Vector {
        let words = try strings(arguments.dropFirst(), at: time)
        let (target, separator, sources) = (words[0], words[1], words.dropFirst(2))
        for source in sources { try requireName(source, "source", "label_join") }
        try requireName(target, "destination", "label_join")
        let vector = try vector(arguments[0], at: time)
        try checkInterruption()
        let column = vector.column.changing(.join(words.map(ByteString.init))) { labels in
            var changed = labels
            changed[target] = sources.map { labels[$0] }.joined(separator: separator)
            return changed
        }
        return try vector.with(column).checkedForDoubles()
    }

    private func strings(
        _ nodes: ArraySlice<Node>, at time: Int64
    ) throws(EvaluationError) -> [String] {
        var strings: [String] = []
        for node in nodes {
            guard case .string(let text) = node.operation else {
                throw .mistyped(node.expression.position)
            }
            strings.append(text)
        }
        return strings
    }

    private func requireName(
        _ name: String, _ which: String, _ function: String
    ) throws(EvaluationError) {
        guard !name.isLabelName else { return }
        throw .invalidArgument("invalid \(which) label name in \(function)(): \(name)")
    }
}
