// Story: alerts over time, told as a script, and what one receiver hears of them.
import Events

@testable import Notifying

/// Each line of a script is a second, a deed and an alert: `0 fire cart/1 critical`.
///
/// The clock goes second by second; each notice is a line: when, what it says, and why.
struct Story {
    private(set) var heard: [String] = []
    private(set) var written: [String] = []
    private var queue: ReceiverQueue
    private var alerts: [String: NotifiedAlert] = [:]
    /// Alerts of sources that are away.
    private var hidden: Set<String> = []
    private var now: Int64 = 0
    private var trouble: DeliveryError?
    private var isLeader = true
    private let settings: ReceiverSettings

    init(
        _ script: String, channel: ReceiverSettings.Channel = .webhook(Secret("http://hook")),
        _ change: (inout ReceiverSettings) -> Void = { _ in }
    ) {
        var settings = ReceiverSettings(name: "hook", channel)
        change(&settings)
        self.settings = settings
        queue = ReceiverQueue(settings, flapWindow: .seconds(300))
        for line in script.split(separator: "\n") { take(line.split(separator: " ")) }
    }

    var failure: String? { queue.failure?.description }
    var text: String { heard.joined(separator: "\n") }

    private mutating func take(_ words: [Substring]) {
        guard words.count > 1, let second = Int64(words[0]) else { return }
        while now < second {
            look()
            now += 1
        }
        if words.count > 2 { change(String(words[2]), words[1], words.dropFirst(3)) }
        switch words[1] {
        case "down":
            trouble = DeliveryError("answered 503", isPassing: true)
        case "asks":
            trouble = DeliveryError("answered 429", isPassing: true, retryAfter: .seconds(90))
        case "refuses": trouble = DeliveryError("answered 400", isPassing: false)
        case "up": trouble = nil
        case "restart", "lead":
            isLeader = true
            queue = ReceiverQueue(settings, flapWindow: .seconds(300))
        case "follow":
            isLeader = false
            queue.standBack()
        case "end": look()
        default: break
        }
    }

    private mutating func change(
        _ name: String, _ deed: Substring, _ words: ArraySlice<Substring>
    ) {
        var alert = alerts[name] ?? Self.alert(name, words.first.map(String.init), at: moment)
        switch deed {
        case "fire":
            (alert.since, alert.ended, alert.flaps) = (moment, nil, 0)
            hidden.remove(name)
        case "flap": (alert.ended, alert.flaps) = (nil, alert.flaps + 1)
        case "resolve": alert.ended = moment
        case "ack": (alert.isAcknowledged, alert.broken) = (true, nil)
        case "break":
            alert.isAcknowledged = false
            alert.broken = NotifiedAlert.Break(words.joined(separator: " "), at: moment)
        case "mute": alert.isMuted = true
        case "unmute": alert.isMuted = false
        case "hide": hidden.insert(name)
        case "show": hidden.remove(name)
        default: break
        }
        alerts[name] = alert
    }

    private var moment: Instant { Instant(milliseconds: 1_000_000 + now * 1000) }

    private mutating func look() {
        let sorted = alerts.values.filter { !hidden.contains($0.fingerprint) }
            .sorted { $0.fingerprint < $1.fingerprint }
        while isLeader, let notice = queue.next(sorted, at: moment) {
            guard let trouble else {
                hear(notice)
                continue
            }
            queue.failed(notice, trouble, at: moment, jitter: 1)
            heard.append("\(now) failed")
        }
    }

    private mutating func hear(_ notice: Notice) {
        let held = notice.heldBack.isEmpty ? "" : "; \(notice.heldBackWords)"
        let more = notice.truncated > 0 ? "; \(notice.truncated) more" : ""
        heard.append("\(now) \(notice.title): \(notice.reason.words)\(held)\(more)")
        for delivery in queue.delivered(notice, at: moment) {
            alerts[delivery.alert.fingerprint]?.told[delivery.receiver] = delivery.telling
            let state = delivery.telling.isResolved ? "resolved" : "fires"
            written.append("\(delivery.alert.fingerprint) \(state)")
        }
    }

    /// `cart/1` is an alert `cart` of the instance 1.
    private static func alert(_ name: String, _ severity: String?, at now: Instant) -> NotifiedAlert
    {
        let parts = name.split(separator: "/").map(String.init)
        let labels = [
            "alertname": parts[0], "instance": parts.dropFirst().first ?? "",
            "severity": severity ?? "warning",
        ]
        return NotifiedAlert(
            fingerprint: name, name: parts[0], labels: Labels(labels),
            annotations: Labels(["summary": "\(parts[0]) is bad"]), since: now)
    }
}
