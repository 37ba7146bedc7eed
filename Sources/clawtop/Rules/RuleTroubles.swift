// RuleTroubles: rules that nobody can go by, a sentence each.
import Events
import WorldModel

extension World {
    /// What is wrong with rule files, and which rules could not be evaluated.
    var ruleTroubles: [String] { alerts.problems + alerts.rules.compactMap(\.trouble) }
}

extension RuleRecord {
    /// Why its last evaluation failed; nil where it did not.
    var trouble: String? {
        guard health == .err else { return nil }
        return "\(file): group \"\(group)\", rule \"\(name)\" cannot be evaluated: \(error)"
    }
}
