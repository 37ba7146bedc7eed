// Examples: alerts and notices that several tests send.
import Events

@testable import Notifying

let noon = Instant(milliseconds: 1_795_521_600_000)

func alert(_ name: String, _ more: [String: String] = [:], ended: Instant? = nil) -> NotifiedAlert {
    let labels = more.merging(["alertname": name]) { $1 }
    return NotifiedAlert(
        fingerprint: "\(name)\(more["instance"] ?? "")", name: name, labels: Labels(labels),
        annotations: Labels(["summary": "\(name) is bad"]), since: noon, ended: ended)
}

func notice(to receiver: ReceiverSettings, _ alerts: [NotifiedAlert]) -> Notice {
    var notice = Notice(
        to: receiver, in: "production",
        group: alerts[0].labels.keeping(receiver.groupBy),
        alerts.map { Notice.Item($0, $0.isFiring ? .fires : .resolved) }, at: noon)
    notice.heldBack = ["shop"]
    return notice
}

/// Why the notice could not be sent; nil where it was.
func refusal(by sender: any NoticeSender, _ notice: Notice) async -> DeliveryError? {
    do throws(DeliveryError) {
        try await sender.send(notice)
        return nil
    } catch {
        return error
    }
}
