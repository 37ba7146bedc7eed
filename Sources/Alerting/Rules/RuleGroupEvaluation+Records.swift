// RuleGroupEvaluation, records: alerts and rules as the world shows them.
package import Events
import PromQL

extension RuleGroupEvaluation {
    package var alertRecords: [AlertRecord] {
        rulesInOrder.flatMap { progress in
            let rule = progress.record.id
            return progress.alerts.all.map { alert in
                AlertRecord(alert, progress.alerts.points(of: alert), rule: rule)
            }
        }
    }

    package var ruleRecords: [RuleRecord] {
        rulesInOrder.map { progress in
            let status = progress.status
            var record = progress.record
            (record.health, record.error) = (status.health, status.lastError)
            (record.evaluated, record.duration) = (status.lastEvaluation, status.evaluationTime)
            record.count = status.count
            return record
        }
    }
}

extension RuleRecord {
    /// What does not change from evaluation to evaluation.
    init(_ rule: Rule, in group: RuleGroup) {
        self.init(
            group: group.name, file: group.file, name: rule.name,
            expression: rule.expression.description, labels: rule.labels)
        interval = group.interval ?? Self.standardInterval
        if group.source == nil { reads = rule.expression.metricNames ?? [] }
        switch rule {
        case .recording: isRecording = true
        case .alert(let rule):
            holdDuration = rule.holdDuration
            annotations = Labels(rule.annotations.map { Label($0.name, $0.template.text) })
        }
    }
}

extension AlertRecord {
    fileprivate init(_ alert: Alert, _ points: Points?, rule: String) {
        self.init(
            fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels,
            annotations: alert.annotations, state: alert.state, value: alert.value,
            active: alert.activeAt, fired: alert.firedAt, resolved: alert.resolvedAt,
            evaluated: alert.lastEvaluation, rule: rule, points: points)
    }
}
