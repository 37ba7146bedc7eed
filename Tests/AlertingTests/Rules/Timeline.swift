// Timeline: a rule group's life as a real Prometheus 3.14 recorded it, and as ours repeats it.
import Alerting
import Events
import Foundation
import PromQL
import Settings

/// One recorded group: what was scraped, when it was evaluated, what became of it.
struct Timeline: Decodable {
    struct Happening: Decodable {
        var event: String
        var at: Int64
    }

    struct Written: Decodable, Hashable {
        struct Point: Decodable, Hashable {
            var time: Int64
            var value: String

            init(from decoder: any Decoder) throws {
                var values = try decoder.unkeyedContainer()
                time = try values.decode(Int64.self)
                value = try values.decode(String.self)
            }
        }

        var metric: [String: String]
        var points: [Point]
    }

    struct Moment: Decodable {
        var at: Int64
        /// Nil where the group is gone.
        var rules: [RuleView]?
    }

    enum CodingKeys: String, CodingKey {
        case name = "case"
        case evaluations = "eval_timestamps_ns"
        case events, samples, timeline, written
    }

    var name: String
    var events: [Happening]
    /// In nanoseconds.
    var evaluations: [Int64]
    var samples: [Written]
    var timeline: [Moment]
    var written: [Written]

    func time(of event: String) -> Int64 { events.first { $0.event == event }?.at ?? .max }
}

/// A rule as the API shows it.
struct RuleView: Hashable, Decodable {
    struct Alert: Hashable, Decodable {
        var labels: [String: String]
        var annotations: [String: String]
        var state: String
        var activeAt: String
        var keepFiringSince: String?
        var value: String
    }

    var state: String?
    var name: String
    var query: String
    var duration: Double?
    var keepFiringFor: Double?
    var labels: [String: String]?
    var annotations: [String: String]?
    var alerts: [Alert]?
    var health: String
    var lastError: String?

    /// The parts that can be compared: moments to the millisecond, labels without value as none.
    var comparable: [String] {
        let alerts = (alerts ?? []).map { alert in
            [
                "\(Labels(alert.labels))", "\(Labels(alert.annotations))", alert.state,
                milliseconds(alert.activeAt), milliseconds(alert.keepFiringSince ?? ""),
                "\(Double(alert.value) ?? .nan)",
            ].joined(separator: " ")
        }
        let spans = [duration ?? 0, keepFiringFor ?? 0].map { "\($0)" }
        let texts = [Labels(labels ?? [:]), Labels(annotations ?? [:])].map { "\($0)" }
        return [state ?? "", name, query, health, lastError ?? ""] + spans + texts + alerts.sorted()
    }
}

extension RuleView {
    init(_ status: RuleStatus, alerts: [Alerting.Alert]) {
        (state, name) = (status.state?.rawValue, status.rule.name)
        query = status.rule.expression.description
        (health, lastError) = (status.health.rawValue, status.lastError)
        labels = Dictionary(status.rule.labels)
        guard case .alert(let rule) = status.rule else { return }
        (duration, keepFiringFor) = (rule.holdDuration.inSeconds, rule.keepFiringFor.inSeconds)
        let texts = rule.annotations.map { ($0.name, $0.template.text) }
        annotations = Dictionary(texts) { first, _ in first }
        self.alerts = alerts.filter { $0.state != .resolved }.map(Alert.init)
    }
}

extension RuleView.Alert {
    init(_ alert: Alerting.Alert) {
        (labels, annotations) = (Dictionary(alert.labels), Dictionary(alert.annotations))
        (state, value) = (alert.state.rawValue, "\(alert.value)")
        activeAt = "\(alert.activeAt.milliseconds)"
        keepFiringSince = alert.keepFiringSince.map { "\($0.milliseconds)" }
    }
}

extension [String: String] {
    fileprivate init(_ labels: Labels) {
        self.init(labels.pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }
}

/// `2026-11-23T19:20:05.931060515Z` as milliseconds; any other text as it is.
func milliseconds(_ text: String) -> String {
    guard let match = text.wholeMatch(of: /(.*?)(?:\.(\d+))?Z/),
        let date = try? Date(String(match.1) + "Z", strategy: .iso8601)
    else { return text }
    let fraction = (match.2.map(String.init) ?? "").padding(
        toLength: 3, withPad: "0", startingAt: 0)
    return "\(Int64(date.timeIntervalSince1970) * 1000 + (Int64(fraction) ?? 0))"
}
