// Rule: what a group is made of: alert rules and recording rules.
package import Events
package import PromQL

package enum Rule: Hashable, Sendable {
    case alert(AlertRule)
    case recording(RecordingRule)

    /// The name of its alerts, or of the series that it makes.
    package var name: String {
        switch self {
        case .alert(let rule): rule.name
        case .recording(let rule): rule.name
        }
    }

    package var expression: Expression {
        switch self {
        case .alert(let rule): rule.expression
        case .recording(let rule): rule.expression
        }
    }

    /// Its labels as written: those of an alert rule may be templates.
    package var labels: Labels {
        switch self {
        case .alert(let rule): Labels(rule.labels.map { Label($0.name, $0.template.text) })
        case .recording(let rule): rule.labels
        }
    }

    /// What a rule is known by when its file is read again.
    var identity: Identity { Identity(name: name, labels: labels) }

    struct Identity: Hashable {
        let name: String
        let labels: Labels
    }
}
