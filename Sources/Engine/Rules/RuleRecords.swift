// RuleRecords: what groups keep, in the words of the world.
import Alerting
import Events
import PromQL

extension AlertRecord {
    init(_ alert: Alert, rule: RuleRecord.ID) {
        self.init(
            fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels,
            annotations: alert.annotations, state: alert.state, value: alert.value,
            active: alert.activeAt, fired: alert.firedAt, resolved: alert.resolvedAt,
            evaluated: alert.lastEvaluation, rule: rule)
    }
}

extension RuleRecord {
    init(_ status: RuleStatus, of group: RuleGroup) {
        let hold: Duration
        let annotations: Labels
        switch status.rule {
        case .alert(let rule):
            hold = rule.holdDuration
            annotations = Labels(rule.annotations.map { Label($0.name, $0.template.text) })
        case .recording: (hold, annotations) = (.zero, Labels())
        }
        self.init(
            group: group.name, file: group.file, name: status.rule.name,
            isRecording: status.state == nil, expression: status.rule.expression.description,
            holdDuration: hold, labels: status.rule.labels, annotations: annotations,
            health: status.health, error: status.lastError, evaluated: status.lastEvaluation,
            duration: status.evaluationTime, count: status.count)
    }
}
