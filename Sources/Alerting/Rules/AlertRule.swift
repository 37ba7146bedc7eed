// AlertRule: an expression whose results are alerts.
import Events
package import PromQL

package struct AlertRule: Hashable, Sendable {
    package var name: String
    package var expression: Expression
    /// How long an alert is pending before it fires: `for`.
    package var holdDuration: Duration
    /// How long an alert goes on firing after its expression stopped to return it.
    package var keepFiringFor: Duration
    /// The group's labels are among them.
    package var labels: [RuleText]
    package var annotations: [RuleText]

    package init(
        name: String, expression: Expression, holdDuration: Duration = .zero,
        keepFiringFor: Duration = .zero, labels: [RuleText] = [], annotations: [RuleText] = []
    ) {
        (self.name, self.expression, self.holdDuration) = (name, expression, holdDuration)
        (self.keepFiringFor, self.labels, self.annotations) = (keepFiringFor, labels, annotations)
    }

    /// An alert's labels: the result's without its name, then the rule's, then the rule's name.
    ///
    /// A rule's label that expands to nothing takes the result's away.
    func labels(of result: Labels, expand: (Template) -> String) -> Labels {
        var own = labels.filter { $0.name != Self.nameLabel }
            .map { Label($0.name, expand($0.template)) }
        own.append(Label(Self.nameLabel, name))
        var pairs = result.pairs.filter { pair in
            pair.name != Labels.nameLabel && !own.contains { $0.name == pair.name }
        }
        pairs += own.filter { !$0.value.isEmpty }
        return Labels(pairs.sorted { $0.name < $1.name })
    }

    /// Under this label an alert keeps its rule's name.
    static let nameLabel = "alertname"
}
