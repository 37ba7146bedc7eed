// World, notified: the alerts that receivers may have to be told of.
package import Events
package import WorldModel

extension World {
    /// What fires, and what is resolved and somebody may still believe to fire.
    ///
    /// While the alert store is lost, what we see firing is told all the same. Who tells for all
    /// clawtops of the store adds what only others see, of which `sightings` know more.
    package func notifiedAlerts(
        seenElsewhere sightings: [String: Observation.Sighting]? = nil
    ) -> [NotifiedAlert] {
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
        guard let sightings else { return sorted(alerts) }
        let rules = Set(self.alerts.rules.map(\.name))
        for ledger in unseen {
            guard let alert = notified(ledger, sightings[ledger.fingerprint], rules) else {
                continue
            }
            alerts[ledger.fingerprint] = alert
        }
        return sorted(alerts)
    }

    private func sorted(_ alerts: [String: NotifiedAlert]) -> [NotifiedAlert] {
        alerts.values.sorted { ($0.since, $0.fingerprint) < ($1.since, $1.fingerprint) }
    }

    /// What fires by the account of a store that can be asked, and we do not know of.
    package var unseen: [AlertLedger] {
        guard book.problem == nil else { return [] }
        let firing = book.firing
        guard !firing.isEmpty else { return [] }
        let known = Set(alerts.all.map(\.fingerprint))
        return firing.filter { !known.contains($0.fingerprint) }
    }

    /// What another clawtop sees, or one that is gone saw, by a rule of ours; of others nobody knows
    /// whether an engine tells of them itself.
    private func notified(
        _ ledger: AlertLedger, _ sighting: Observation.Sighting?, _ rules: Set<String>
    ) -> NotifiedAlert? {
        guard rules.contains(ledger.name), case .fired(_, environment, _) = ledger.lastFired?.deed,
            let standing = book[ledger.fingerprint], let since = standing.since
        else { return nil }
        var alert = NotifiedAlert(
            fingerprint: ledger.fingerprint, name: ledger.name, labels: ledger.labels,
            annotations: sighting?.annotations ?? Labels(), since: since)
        alert.isMuted =
            book.mute(of: ledger.labels, at: now) != nil || sighting?.suppression != nil
        take(standing, to: &alert)
        return alert
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
        if let standing { take(standing, to: &alert) }
        return alert
    }

    private func take(_ standing: AlertStanding, to alert: inout NotifiedAlert) {
        alert.told = book.ledgers[alert.fingerprint]?.told ?? [:]
        alert.flaps = standing.flaps
        alert.isAcknowledged = standing.hold(at: now) != nil
        alert.broken = standing.broken(at: now).map {
            NotifiedAlert.Break($0.reason.words, at: $0.at)
        }
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
