// RecordedHook: what real Alertmanagers posted to a webhook, as it was recorded.
import Events
import TestKit

@testable import Notifying

struct RecordedHook: Decodable {
    struct Alert: Decodable, Equatable {
        var status: String
        var labels, annotations: [String: String]
        var startsAt, endsAt, fingerprint: String
    }

    struct Body: Decodable, Equatable {
        var receiver, status: String
        var alerts: [Alert]
        var groupLabels, commonLabels, commonAnnotations: [String: String]
        var externalURL, version, groupKey: String
        var truncatedAlerts: Int
    }

    static let files = [
        "promql/alertmanager/0.25.0/webhooks.jsonl", "promql/alertmanager/0.33.1/webhooks.jsonl",
        "promql/prometheus3/alertmanager/webhooks.jsonl",
    ]
    static var isThere: Bool { files.allSatisfy(SharedMaterial.has) }

    var at: Double
    var body: Body
}

extension RecordedHook.Body {
    /// The notice that would be such a body.
    var notice: Notice {
        var receiver = ReceiverSettings(name: receiver, .webhook(Secret("http://hook")))
        // The route's matchers stand between the first slash and the last colon before a brace.
        if let start = groupKey.firstRange(of: "{}/"), let end = groupKey.firstRange(of: "}:{") {
            let route = String(groupKey[start.upperBound..<end.upperBound].dropLast(2))
            receiver.matchers = (try? LabelMatcher.parse(route)) ?? []
        }
        var notice = Notice(
            to: receiver, group: Labels(groupLabels),
            alerts.map { recorded in
                var alert = NotifiedAlert(
                    fingerprint: recorded.fingerprint, name: recorded.labels["alertname"] ?? "",
                    labels: Labels(recorded.labels), annotations: Labels(recorded.annotations),
                    since: noon)
                if recorded.status == "resolved" { alert.ended = noon }
                return Notice.Item(alert, alert.isFiring ? .fires : .resolved)
            }, at: noon)
        notice.truncated = truncatedAlerts
        return notice
    }

    /// Without the moments; what has not ended keeps the word for it.
    var comparable: Self {
        var body = self
        for index in body.alerts.indices {
            body.alerts[index].startsAt = ""
            if body.alerts[index].status == "resolved" { body.alerts[index].endsAt = "" }
        }
        return body
    }
}
