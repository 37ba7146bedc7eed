// WebhookBody: a notice in the format of Alertmanager's webhooks, version 4.
import Events
import FoundationEssentials

/// The fields that Alertmanager 0.25 to 0.34 were seen to send, and `heldBack`.
///
/// Source: <https://prometheus.io/docs/alerting/latest/configuration/#webhook_config>
struct WebhookBody: Encodable {
    struct Alert: Encodable {
        var status: String
        var labels: Labels
        var annotations: Labels
        var startsAt: String
        var endsAt: String
        var generatorURL = ""
        var fingerprint: String
    }

    var receiver: String
    var status: String
    var alerts: [Alert]
    var reason: String
    var groupLabels: Labels
    var commonLabels: Labels
    var commonAnnotations: Labels
    var externalURL = ""
    var version = "4"
    var groupKey: String
    var truncatedAlerts: Int
    /// Names of groups that wait, because the receiver is told too much.
    var heldBack: [String]?

    private enum CodingKeys: String, CodingKey {
        case receiver, status, alerts
        case reason = "notification_reason"
        case groupLabels, commonLabels, commonAnnotations, externalURL, version, groupKey
        case truncatedAlerts, heldBack
    }

    init(_ notice: Notice) {
        receiver = notice.receiver.name
        status = notice.isFiring ? "firing" : "resolved"
        alerts = notice.items.map { Alert($0.alert) }
        reason = notice.reason.words
        groupLabels = notice.group
        (commonLabels, commonAnnotations) = (notice.commonLabels, notice.commonAnnotations)
        groupKey = notice.key
        truncatedAlerts = notice.truncated
        heldBack = notice.heldBack.isEmpty ? nil : notice.heldBack
    }

    var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Text, numbers and lists of them can always be written.
        return (try? encoder.encode(self)).map { Array($0) } ?? []
    }
}

extension WebhookBody.Alert {
    init(_ alert: NotifiedAlert) {
        status = alert.isFiring ? "firing" : "resolved"
        (labels, annotations) = (alert.labels, alert.annotations)
        startsAt = alert.since.rfc3339
        // What has not ended ends at Go's earliest moment.
        endsAt = alert.ended?.rfc3339 ?? "0001-01-01T00:00:00Z"
        fingerprint = alert.fingerprint
    }
}

extension Notice {
    /// What stays the same over a group's notifications: `{}/{team="a"}:{alertname="Slow"}`.
    var key: String {
        let route = receiver.matchers.map(\.description).joined(separator: ",")
        let labels = group.pairs.map { LabelMatcher($0.name, $0.value).description }
        return "{}\(route.isEmpty ? "" : "/{\(route)}"):{\(labels.joined(separator: ", "))}"
    }
}
