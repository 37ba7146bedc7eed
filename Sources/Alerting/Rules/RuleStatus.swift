// RuleStatus: how a rule does.
package import Events

package struct RuleStatus: Hashable, Sendable {
    /// An alert rule's loudest alert.
    package enum State: String, Sendable {
        /// Not evaluated yet.
        case unknown
        case inactive, pending, firing
    }

    package var rule: Rule
    /// Nil for a recording rule.
    package var state: State?
    package var health = RuleRecord.Health.unknown
    /// Why the last evaluation failed; empty where it did not.
    package var lastError = ""
    package var lastEvaluation: Instant?
    package var evaluationTime: Duration?
    /// Its alerts that are pending or firing, or the series that it made.
    package var count = 0
}
