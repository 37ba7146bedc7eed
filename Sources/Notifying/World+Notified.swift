// World, notified: the alerts that receivers may have to be told of.
import Events
package import WorldModel

extension World {
    /// What fires, and what is resolved and somebody may still believe to fire.
    ///
    /// While the alert store is lost, what fires is told all the same.
    package var notifiedAlerts: [NotifiedAlert] {
        var alerts: [String: NotifiedAlert] = [:]
        for record in self.alerts.all where record.state != .pending {
            // Two engines may see the same; ours is the one that is told.
            guard alerts[record.fingerprint]?.isForeign != false else { continue }
            alerts[record.fingerprint] = notified(record)
        }
        for ledger in book.ledgers.values where alerts[ledger.fingerprint] == nil {
            guard let standing = book[ledger.fingerprint], !standing.isFiring,
                let ended = standing.resolved, standing.notified.values.contains(false)
            else { continue }
            var alert = NotifiedAlert(
                fingerprint: ledger.fingerprint, name: ledger.name, labels: ledger.labels,
                since: standing.since ?? ended, ended: ended)
            alert.told = ledger.told
            alerts[ledger.fingerprint] = alert
        }
        return alerts.values.sorted { ($0.since, $0.fingerprint) < ($1.since, $1.fingerprint) }
    }

    private func notified(_ record: AlertRecord) -> NotifiedAlert {
        let standing = book[record.fingerprint]
        let fired = record.begin
        // A ledger that lags behind knows an earlier time.
        let isKnown = standing.map { $0.isFiring == record.state.isFiring } ?? false
        var alert = NotifiedAlert(
            fingerprint: record.fingerprint, name: record.name, labels: record.labels,
            annotations: record.annotations, since: isKnown ? standing?.since ?? fired : fired,
            ended: record.state.isFiring ? nil : record.resolved ?? record.evaluated)
        alert.isForeign = record.feed != nil
        alert.isMuted = record.mute != nil || record.suppression != nil && hasAlertmanager
        guard let standing else { return alert }
        alert.told = book.ledgers[record.fingerprint]?.told ?? [:]
        alert.flaps = standing.flaps
        alert.isAcknowledged = standing.hold(at: now) != nil
        alert.broken = standing.broken(at: now).map {
            NotifiedAlert.Break($0.reason.words, at: $0.at)
        }
        return alert
    }

    /// What only an Alertmanager keeps quiet is quiet no longer once none of them can tell whether
    /// it still does.
    private var hasAlertmanager: Bool {
        feeds.all.contains { $0.source.kind == .alertmanager && $0.condition != .lost }
    }
}

extension AlertLedger {
    /// What receivers were told last.
    fileprivate var told: [String: Telling] {
        entries.reduce(into: [:]) { told, entry in
            guard case .notified(let receiver, let isResolved) = entry.deed else { return }
            told[receiver] = Telling(at: entry.at, isResolved: isResolved)
        }
    }
}
