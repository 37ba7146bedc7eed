// Transitions: what the rules came to, compared with what the alert store knows.
import AlertStores
import Events
import WorldModel

/// Finds what is to be written: what we see firing, and what we saw firing and is over.
struct Transitions {
    private let person: Person
    /// What this clawtop saw firing, by fingerprint: what others see is resolved by them.
    private var seen: [String: AlertRecord] = [:]

    init(by person: Person) { self.person = person }

    /// An alert of another engine that is no longer told is over, unless that engine is blind.
    ///
    /// `newer` is what the store said since, and the world does not know yet.
    mutating func take(_ world: World, newer: [String: AlertLedger]) -> [LedgerWrite] {
        var writes: [LedgerWrite] = []
        var open: Set<String> = []
        func standing(_ fingerprint: String) -> AlertStanding? {
            guard let ledger = newer[fingerprint] else { return world.book[fingerprint] }
            return AlertStanding(ledger, policy: world.book.policy)
        }
        func ledger(_ fingerprint: String) -> AlertLedger? {
            newer[fingerprint] ?? world.book.ledgers[fingerprint]
        }
        for alert in world.alerts.open where alert.state.isFiring {
            open.insert(alert.fingerprint)
            let isKnown = seen[alert.fingerprint].map { $0.feed == alert.feed } ?? false
            if !isKnown { seen[alert.fingerprint] = alert }
            let standing = standing(alert.fingerprint)
            guard standing?.isFiring != true else { continue }
            let begin = max(alert.begin, standing?.resolved ?? .distantPast)
            let isFlapping =
                standing?.resolved.map { begin - $0 <= world.book.policy.flapWindow } ?? false
            let fired = LedgerEntry.Deed.fired(
                value: alert.number, environment: world.environment,
                since: isFlapping ? standing?.since : nil)
            writes.append(
                write(
                    fired, alert, ledger(alert.fingerprint), at: begin,
                    feeds: world.references(of: alert)))
        }
        for (fingerprint, alert) in seen where !open.contains(fingerprint) {
            if let feed = alert.feed, world.feeds.isBlind(feed) { continue }
            guard standing(fingerprint)?.isFiring == true else {
                seen[fingerprint] = nil
                continue
            }
            let end = world.alerts[alert.id]?.resolved ?? world.now
            writes.append(write(.resolved, alert, ledger(fingerprint), at: end))
        }
        return writes
    }

    private func write(
        _ deed: LedgerEntry.Deed, _ alert: AlertRecord, _ ledger: AlertLedger?, at moment: Instant,
        feeds: [String]? = nil
    ) -> LedgerWrite {
        LedgerWrite(
            fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels,
            LedgerEntry(
                id: LedgerEntry.newID(), at: moment, by: person, deed, feeds: feeds),
            expected: ledger?.revision ?? 0)
    }
}

extension World {
    /// By which sources an alert is seen: another engine's by that one, ours perhaps by all.
    fileprivate func references(of alert: AlertRecord) -> [String] {
        if let source = alert.feed.flatMap({ feeds[$0] })?.source { return [source.reference] }
        return feeds.all.map(\.source.reference)
    }
}
