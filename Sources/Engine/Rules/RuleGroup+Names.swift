// RuleGroup, names: which metrics rules write and read.
import Alerting
import WorldModel

extension RuleGroup {
    /// Whether its rules write one of these metrics; nil: any.
    func writes(any names: Set<String>?) -> Bool {
        guard let names else { return !rules.isEmpty }
        return rules.contains { rule in
            switch rule {
            case .alert: names.contains("ALERTS") || names.contains("ALERTS_FOR_STATE")
            case .recording(let rule): names.contains(rule.name)
            }
        }
    }
}

extension MetricInterest {
    /// In all of these metrics; nil among them: in any metric.
    init(allNames names: [Set<String>?]) {
        self.init(
            names.contains(nil) ? nil : names.reduce(into: Set()) { $0.formUnion($1 ?? []) })
    }
}
