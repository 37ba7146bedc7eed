// EngineAlerts: the alerts of other engines, as they were last told.
import Events

struct EngineAlerts: Sendable, Equatable {
    private var known: [FeedID: [String: AlertRecord]] = [:]

    /// In no particular order.
    var all: [AlertRecord] { known.values.flatMap(\.values) }

    mutating func apply(_ event: AlertEvent, from feed: FeedID, at now: Instant) {
        switch event {
        case .listed(let alerts):
            known[feed] = [:]
            take(alerts, from: feed, at: now)
        case .changed(let alerts, let gone):
            for fingerprint in gone { known[feed]?[fingerprint] = nil }
            take(alerts, from: feed, at: now)
        }
    }

    private mutating func take(_ alerts: [EngineAlert], from feed: FeedID, at now: Instant) {
        for alert in alerts {
            known[feed, default: [:]][alert.fingerprint] = AlertRecord(
                fingerprint: alert.fingerprint, name: alert.labels["alertname"],
                labels: alert.labels, annotations: alert.annotations, state: alert.state,
                value: Double(alert.value) ?? .nan, active: alert.active ?? now, evaluated: now,
                feed: feed)
        }
    }
}
