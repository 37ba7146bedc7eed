// RuleFile: what a rule file holds, or all that is wrong with it.
package import Alerting
package import Events

/// A rule file that was read.
package struct RuleFile: Sendable {
    /// Empty where the file has problems: half of a file is not to be trusted.
    package var groups: [RuleGroup] = []
    package var problems: [RuleFileProblem] = []

    package var ruleCount: Int { groups.reduce(0) { $0 + $1.rules.count } }

    /// What two rules have in common that are one rule too many.
    package struct Duplicate: Hashable, Sendable {
        package var name: String
        package var labels: Labels
    }

    /// Rules of the same name and labels; each once.
    package var duplicates: [Duplicate] {
        let rules = groups.flatMap(\.rules).map { Duplicate(name: $0.name, labels: $0.labels) }
        let counts = Dictionary(grouping: rules, by: { $0 }).filter { $0.value.count > 1 }
        return counts.keys.sorted { ($0.name, $0.labels) < ($1.name, $1.labels) }
    }
}
