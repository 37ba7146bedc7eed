// RuleProgress: one rule, its alerts and series, and how its last evaluation went.
import Events
import PromQL

struct RuleProgress {
    let rule: Rule
    /// What the world is told of the rule before its first evaluation.
    let record: RuleRecord
    /// The metrics that it reads; nil where it may read any.
    let metricNames: Set<String>?
    var alerts = ActiveAlerts()
    var written = WrittenSeries()
    var health = RuleRecord.Health.unknown
    var error = ""
    var evaluated: Instant?
    var duration: Duration?
    /// The series that a recording rule made at its last evaluation.
    var seriesCount = 0

    init(_ rule: Rule, in group: RuleGroup) {
        (self.rule, metricNames) = (rule, rule.expression.metricNames)
        record = RuleRecord(rule, in: group)
    }

    var status: RuleStatus {
        var status = RuleStatus(
            rule: rule, health: health, lastError: error, lastEvaluation: evaluated,
            evaluationTime: duration, count: seriesCount)
        guard case .alert = rule else { return status }
        status.count = alerts.activeCount
        status.state =
            switch alerts.loudest {
            case _ where evaluated == nil: .unknown
            case .firing, .acknowledged: .firing
            case .pending: .pending
            case .resolved, nil: .inactive
            }
        return status
    }
}
