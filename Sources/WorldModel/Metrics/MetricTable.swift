// MetricTable: the world's own metrics: what rules and queries can read without any other source.

/// One metric that clawtop makes of what it watches.
package struct MetricDescription: Sendable {
    package enum Kind: String, Sendable {
        case gauge, counter, histogram
    }

    package var name: String
    package var kind: Kind
    package var labels: [String]
    package var help: String

    fileprivate init(_ name: String, _ kind: Kind, _ labels: [String], _ help: String) {
        (self.name, self.kind, self.labels, self.help) = (name, kind, labels, help)
    }
}

package enum MetricTable {
    /// All of them, in the order of the README.
    package static let all: [MetricDescription] = [
        MetricDescription(
            "registry_instances", .gauge, ["service", "datacenter", "status"],
            "Instances of a service by health: passing, warning, critical always; maintenance and "
                + "unknown once there was one. The datacenter where the configuration names it."),
        MetricDescription(
            "registry_instance_status", .gauge,
            ["service", "instance", "node", "datacenter", "status"],
            "1 for each instance that is not passing, by its health."),
        MetricDescription(
            "registry_check_status", .gauge, ["service", "instance", "node", "check"],
            "A check's health: 0 passing, 1 warning, 2 critical, 3 unknown or in maintenance."),
        MetricDescription(
            "config_version", .gauge, ["source", "key", "service", "environment"],
            "What the store counts as the key's version, where that is a number."),
        MetricDescription(
            "config_drifted_instances", .gauge, ["service", "environment"],
            "Instances that say they run another version than the key has."),
        MetricDescription(
            "config_last_change_timestamp_seconds", .gauge,
            ["source", "key", "service", "environment"],
            "When the key was seen to change."),
        MetricDescription(
            "saga_instances", .gauge, ["saga", "status"],
            "Sagas by state: running, compensating and failed always; the others once there was one."
        ),
        MetricDescription(
            "saga_stuck_instances", .gauge, ["saga", "service"],
            "Sagas that need a human, by the service whose step fails; without it where no span "
                + "told."),
        MetricDescription(
            "saga_oldest_age_seconds", .gauge, ["saga", "status"],
            "The age of the oldest saga in a state."),
        MetricDescription(
            "saga_transitions_total", .counter, ["saga", "status"],
            "Sagas that came into a state while we watched: running, compensating and failed always; "
                + "the others once there was one."),
        MetricDescription(
            "trace_duration_seconds", .histogram, ["service", "operation", "le"],
            "Durations of spans, as _bucket, _sum and _count: served, consumed or local ones, each "
                + "span once."),
        MetricDescription(
            "trace_errors_total", .counter, ["service", "operation"],
            "Those among them with an error."
        ),
        MetricDescription(
            "feed_up", .gauge, ["feed"], "1 while the source answers, 0 while it is stale or lost."),
        MetricDescription(
            "feed_lag_seconds", .gauge, ["feed"], "The age of the source's last answer."),
    ]

    /// The table as the README shows it.
    package static var markdown: String {
        let rows = all.map { metric in
            let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(metric.name)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |"
        }
        return (["| metric | type | labels | meaning |", "| --- | --- | --- | --- |"] + rows)
            .joined(separator: "\n")
    }
}
