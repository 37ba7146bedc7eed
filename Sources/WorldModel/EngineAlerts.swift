// EngineAlerts: the alerts of other engines, as they were last told.
import Events

struct EngineAlerts: Sendable, Equatable {
    private var known: [FeedID: [String: AlertRecord]] = [:]

    /// Our own alerts and those of engines, in no particular order; what several tell of stands once.
    func beside(_ own: [AlertRecord]) -> [AlertRecord] {
        var all = own
        guard known.values.contains(where: { !$0.isEmpty }) else { return all }
        var places = Dictionary(
            zip(own.map(\.fingerprint), own.indices), uniquingKeysWith: { first, _ in first })
        for feed in known.keys.sorted() {
            for alert in (known[feed] ?? [:]).values {
                if let place = places[alert.fingerprint] {
                    all[place] = all[place].merged(with: alert)
                } else {
                    places[alert.fingerprint] = all.count
                    all.append(alert)
                }
            }
        }
        return all
    }

    mutating func apply(_ event: AlertEvent, from feed: FeedID, at now: Instant) {
        switch event {
        case .listed(let alerts):
            known[feed] = [:]
            take(alerts, from: feed, at: now)
        case .changed(let alerts, let gone):
            for fingerprint in gone { known[feed]?[fingerprint] = nil }
            take(alerts, from: feed, at: now)
        case .silences: break  // They are mutes, and in the book.
        }
    }

    private mutating func take(_ alerts: [EngineAlert], from feed: FeedID, at now: Instant) {
        for alert in alerts {
            known[feed, default: [:]][alert.fingerprint] = AlertRecord(
                fingerprint: alert.fingerprint, name: alert.labels["alertname"],
                labels: alert.labels, annotations: alert.annotations, state: alert.state,
                value: Double(alert.value) ?? .nan, active: alert.active ?? now, evaluated: now,
                feed: feed, suppression: alert.suppression)
        }
    }
}

extension AlertRecord {
    /// One of two that tell of the same alert, and why it is kept quiet, whoever says so.
    fileprivate func merged(with other: Self) -> Self {
        var kept = isPreferred(to: other) ? self : other
        kept.suppression = suppression ?? other.suppression
        return kept
    }

    /// Our own first: what we resolved, an Alertmanager tells of for a while.
    private func isPreferred(to other: Self) -> Bool {
        if feed == nil { return resolved.map { $0 >= other.evaluated } ?? true }
        if state != other.state { return state == .firing }
        return !value.isNaN || other.value.isNaN
    }
}
