// RuleGroupEvaluation, records: alerts and rules as the world shows them.
package import Events
import PromQL

extension RuleGroupEvaluation {
    package var alertRecords: [AlertRecord] {
        rulesInOrder.flatMap { progress in
            let rule = record(of: progress.status).id
            return progress.alerts.all.map { AlertRecord($0, rule: rule) }
        }
    }

    package var ruleRecords: [RuleRecord] { rules.map(record) }

    private func record(of status: RuleStatus) -> RuleRecord {
        var record = RuleRecord(
            group: group.name, file: group.file, name: status.rule.name,
            expression: status.rule.expression.description, labels: status.rule.labels,
            health: status.health, error: status.lastError, evaluated: status.lastEvaluation,
            duration: status.evaluationTime, count: status.count)
        switch status.rule {
        case .recording: record.isRecording = true
        case .alert(let rule):
            record.holdDuration = rule.holdDuration
            record.annotations = Labels(
                rule.annotations.map { Label($0.name, $0.template.text) })
        }
        return record
    }
}

extension AlertRecord {
    fileprivate init(_ alert: Alert, rule: String) {
        self.init(
            fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels,
            annotations: alert.annotations, state: alert.state, value: alert.value,
            active: alert.activeAt, fired: alert.firedAt, resolved: alert.resolvedAt,
            evaluated: alert.lastEvaluation, rule: rule)
    }
}
