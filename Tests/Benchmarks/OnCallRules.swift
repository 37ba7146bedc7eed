// OnCallRules: a hundred alert rules of ten kinds, as teams write them.
import Alerting
import PromQL

/// Ten groups, one for each kind; within a group the threshold differs.
enum OnCallRules {
    /// `#` stands for the threshold's last digit.
    private static let kinds: [(name: String, hold: Int, expression: String)] = [
        (
            "error_ratio", 60,
            #"sum by (service) (rate(http_requests_total{code=~"5..",env="prod"}[5m])) "#
                + #"/ sum by (service) (rate(http_requests_total{env="prod"}[5m])) > 0.0#"#
        ),
        (
            "latency_p99", 120,
            "histogram_quantile(0.99, sum by (le, service) "
                + #"(rate(http_request_duration_seconds_bucket{env="prod"}[5m]))) > 0.#"#
        ),
        ("target_down", 60, #"up{env="prod"} < 0.#5"#),
        (
            "absent_job", 300,
            #"absent(up{job="api",env="prod"}) or absent(up{job="none#"})"#
        ),
        ("restarts", 0, #"changes(process_start_time_seconds{env="prod"}[10m]) > #"#),
        (
            "traffic_drop", 300,
            #"sum by (service) (rate(http_requests_total{env="prod"}[1m])) < 0.5 * "#
                + #"sum by (service) (rate(http_requests_total{env="prod"}[5m] offset 5m)) + # - 10"#
        ),
        (
            "disk_full", 300,
            #"predict_linear(disk_free_bytes{env="prod"}[10m], 4 * 3600) < # - 10"#
        ),
        ("cpu_high", 300, #"avg_over_time(cpu_usage_ratio{env="prod"}[5m]) > 0.9#"#),
        ("burn_rate", 120, "(\(burn("10m"))) and (\(burn("2m")))"),
        (
            "part_down", 60,
            #"count by (service) (up{env="prod"} == 0) / count by (service) (up{env="prod"}) > 0.#"#
        ),
    ]

    private static func burn(_ window: String) -> String {
        #"1 - sum by (service) (rate(http_requests_total{code!~"5..",env="prod"}[\#(window)])) / "#
            + #"sum by (service) (rate(http_requests_total{env="prod"}[\#(window)])) > 0.0#"#
    }

    static func groups() throws -> [RuleGroup] {
        let summary = try Template(
            "{{ $labels.service }} at {{ $value | humanize }}", name: "summary")
        return try kinds.map { kind in
            let rules = try (0..<10).map { digit in
                let text = kind.expression.replacing("#", with: "\(digit)")
                return Rule.alert(
                    AlertRule(
                        name: "\(kind.name)_\(digit)", expression: try Expression.parse(text),
                        holdDuration: .seconds(kind.hold),
                        annotations: [RuleText("summary", summary)]))
            }
            return RuleGroup(name: kind.name, file: "rules.yml", rules: rules)
        }
    }
}
