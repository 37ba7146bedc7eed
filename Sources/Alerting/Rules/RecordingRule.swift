// RecordingRule: an expression whose results are kept as a series of another name.
package import Events
package import PromQL

package struct RecordingRule: Hashable, Sendable {
    package var name: String
    package var expression: Expression
    /// The group's labels are among them.
    package var labels: Labels
    /// The labels that are taken away, as the rule gives them no value.
    package var dropped: [String]

    package init(name: String, expression: Expression, labels: [String: String] = [:]) {
        (self.name, self.expression, self.labels) = (name, expression, Labels(labels))
        dropped = labels.filter { $0.value.isEmpty }.map(\.key).sorted()
    }

    /// The samples under the rule's name and with its labels.
    func series(of samples: [Sample], limit: Int) throws(RuleError) -> [Sample] {
        var seen: Set<Labels> = []
        var renamed: [Sample] = []
        for sample in samples {
            var own = sample.labels.dropping(dropped)
            own[Labels.nameLabel] = name
            for label in labels.pairs { own[label.name] = label.value }
            guard seen.insert(own).inserted else { throw .sameSeries }
            renamed.append(Sample(own, sample.value))
        }
        guard limit <= 0 || samples.count <= limit else {
            throw .tooManySeries(limit: limit, count: samples.count)
        }
        return renamed
    }
}
