// The alerts of the night in question, for all tests of this room.
import Events
import TestKit
import WorldModel

@testable import Panes

/// The incident, with rules that watch it: two alerts fire, one is pending, one is over.
func alarmed(problems: [String] = [], then more: [(second: Int, event: Event)] = []) -> World {
    var world = incident(then: more)
    world.conclude(
        AlertReport(
            alerts: [Alarm.stuck, Alarm.critical, Alarm.drift, Alarm.slow], rules: Alarm.rules,
            problems: problems))
    return world
}

enum Alarm {
    static let rules = [
        RuleRecord(
            group: "sagas", file: "rules/sagas.yaml", name: "SagaCompensationStuck",
            expression: "saga_instances{status=\"stuck\"} > 0", holdDuration: .seconds(30),
            labels: Labels(["severity": "critical", "team": "payments"]),
            annotations: Labels(["summary": "{{ $value }} sagas of {{ $labels.saga }} are stuck"]),
            health: .ok, evaluated: .second(646), duration: .microseconds(240), count: 1),
        RuleRecord(
            group: "registry", file: "rules/registry.yaml", name: "InstanceCritical",
            expression: "registry_check_status{check=\"grpc\"} == 2",
            labels: Labels(["severity": "critical"]), health: .ok, evaluated: .second(646),
            duration: .microseconds(1_100), count: 1),
        RuleRecord(
            group: "config", file: "rules/config.yaml", name: "ConfigDrift",
            expression: "config_drifted_instances > 0", holdDuration: .seconds(300),
            labels: Labels(["severity": "warning"]), health: .ok, evaluated: .second(646),
            duration: .microseconds(90), count: 1),
        RuleRecord(
            group: "calls", file: "rules/calls.yaml", name: "service:errors:rate1m",
            isRecording: true, expression: "sum by (service) (rate(trace_errors_total[1m]))",
            health: .ok, evaluated: .second(646), duration: .milliseconds(3), count: 5),
        RuleRecord(
            group: "calls", file: "rules/calls.yaml", name: "CallsSlow",
            expression: "histogram_quantile(0.99, rate(trace_duration_seconds_bucket[5m])) > 1",
            labels: Labels(["severity": "warning"]), health: .err,
            error: "many-to-many matching not allowed: matching labels must be unique on one side",
            evaluated: .second(646), duration: .milliseconds(1)),
    ]

    static let stuck = AlertRecord(
        fingerprint: "5d1c0e7a90b2f3aa", name: "SagaCompensationStuck",
        labels: Labels([
            "alertname": "SagaCompensationStuck", "severity": "critical", "team": "payments",
            "service": "payment", "saga": "order-saga", "status": "stuck",
        ]),
        annotations: Labels([
            "summary": "2 sagas of order-saga are stuck while they undo the payment",
            "description": """
            The refund fails again and again, so money of customers is held.

            Look at the payment service's configuration before anything else: nearly all of \
            these came with a timeout that was set too short.
            """,
            "runbook_url": "https://runbooks.example.org/sagas/stuck-compensation",
            "dashboard": "https://grafana.example.org/d/sagas",
        ]),
        state: .firing, value: 2, active: .second(440), fired: .second(470),
        evaluated: .second(646), rule: rules[0].id,
        points: AlertRecord.Points(
            start: .second(47), step: .seconds(10),
            values: (0..<60).map { $0 < 10 ? nil : $0 < 39 ? 0 : $0 < 50 ? 1 : 2 }))

    static let critical = AlertRecord(
        fingerprint: "0b7e55c1d2a94f10", name: "InstanceCritical",
        labels: Labels([
            "alertname": "InstanceCritical", "severity": "critical", "service": "payment",
            "instance": "payment-2", "check": "grpc",
        ]),
        annotations: Labels(["summary": "payment-2 does not answer its gRPC check"]),
        state: .firing, value: 2, active: .second(610), fired: .second(610),
        evaluated: .second(646), rule: rules[1].id)

    static let drift = AlertRecord(
        fingerprint: "77aa01bc23de45f6", name: "ConfigDrift",
        labels: Labels([
            "alertname": "ConfigDrift", "severity": "warning", "service": "payment",
            "environment": "production",
        ]),
        annotations: Labels(["summary": "1 instance of payment runs an old configuration"]),
        state: .pending, value: 1, active: .second(607), evaluated: .second(646),
        rule: rules[2].id)

    static let slow = AlertRecord(
        fingerprint: "c0ffee0000000001", name: "GatewaySlow",
        labels: Labels([
            "alertname": "GatewaySlow", "severity": "warning", "service": "gateway",
        ]),
        state: .resolved, value: 1.25, active: .second(200), fired: .second(260),
        resolved: .second(420), evaluated: .second(646))

    /// So many that nobody reads them all: one in a hundred is critical, all of their own.
    static func storm(_ count: Int, at second: Int = 640) -> AlertReport {
        let alerts = (0..<count).map { number in
            let labels = Labels([
                "alertname": "PodNotReady", "severity": number % 100 == 0 ? "critical" : "warning",
                "service": "svc-\(number % 500)", "instance": "pod-\(number)",
            ])
            return AlertRecord(
                fingerprint: String(number, radix: 16), name: "PodNotReady", labels: labels,
                annotations: Labels(["summary": "pod-\(number) is not ready"]), state: .firing,
                value: 1, active: .second(second - number % 60), fired: .second(second),
                evaluated: .second(second + 6), rule: rules[1].id)
        }
        return AlertReport(alerts: alerts, rules: rules)
    }
}
