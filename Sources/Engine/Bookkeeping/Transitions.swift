// Transitions: what the rules came to, compared with what the alert store knows.
import AlertStores
import Events
import WorldModel

/// Finds what is to be written: what we see firing, and what we saw firing and is over.
struct Transitions {
    /// Alerts that were left firing by a clawtop that is gone are over after this long in our sight.
    static let patience = Duration.seconds(30)

    private let person: Person
    /// What this clawtop saw firing, by fingerprint: what others see is resolved by them.
    private var seen: [String: AlertRecord] = [:]
    /// Since when we have looked, and nobody was blind meanwhile.
    private var sighted: Instant?

    init(by person: Person) { self.person = person }

    /// An alert of another engine that is no longer told is over, unless that engine is blind.
    ///
    /// `newer` is what the store said since, and the world does not know yet.
    mutating func take(_ world: World, newer: [String: AlertLedger]) -> [LedgerWrite] {
        var writes: [LedgerWrite] = []
        var open: Set<String> = []
        func standing(_ fingerprint: String) -> (AlertLedger?, AlertStanding?) {
            guard let ledger = newer[fingerprint] else {
                return (world.book.ledgers[fingerprint], world.book[fingerprint])
            }
            return (ledger, AlertStanding(ledger, policy: world.book.policy))
        }
        for alert in world.alerts.open where alert.state.isFiring {
            open.insert(alert.fingerprint)
            seen[alert.fingerprint] = alert
            let (ledger, standing) = standing(alert.fingerprint)
            guard standing?.isFiring != true else { continue }
            let begin = max(alert.begin, standing?.resolved ?? .distantPast)
            let isFlapping =
                standing?.resolved.map { begin - $0 <= world.book.policy.flapWindow } ?? false
            let fired = LedgerEntry.Deed.fired(
                value: alert.number, environment: world.environment,
                since: isFlapping ? standing?.since : nil)
            writes.append(write(fired, alert, ledger, at: begin))
        }
        for (fingerprint, alert) in seen where !open.contains(fingerprint) {
            if let feed = alert.feed, world.feeds.isBlind(feed) { continue }
            let (ledger, standing) = standing(fingerprint)
            guard standing?.isFiring == true else {
                seen[fingerprint] = nil
                continue
            }
            let end = world.alerts[alert.id]?.resolved ?? world.now
            writes.append(write(.resolved, alert, ledger, at: end))
        }
        return writes
    }

    /// Alerts that fire by the store's account only: our rules, which are well, do not find them,
    /// and they were seen in the environment that we look at.
    ///
    /// Whether another clawtop sees them is to be asked before they are resolved.
    mutating func abandoned(_ world: World) -> [AlertLedger] {
        let isWell =
            !world.feeds.all.isEmpty && world.feeds.all.allSatisfy { $0.condition == .live }
            && world.alerts.healths[.err] == nil && world.alerts.healths[.unknown] == nil
        guard isWell else {
            sighted = nil
            return []
        }
        let since = sighted ?? world.now
        sighted = since
        guard world.now - since > Self.patience else { return [] }
        let open = Set(world.alerts.open.map(\.fingerprint))
        let names = Set(world.alerts.rules.map(\.name))
        return world.book.firing.filter { ledger in
            !open.contains(ledger.fingerprint) && names.contains(ledger.name)
                && ledger.environment == world.environment
        }
    }

    private func write(
        _ deed: LedgerEntry.Deed, _ alert: AlertRecord, _ ledger: AlertLedger?, at moment: Instant
    ) -> LedgerWrite {
        LedgerWrite(
            fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels,
            LedgerEntry(id: LedgerEntry.newID(), at: moment, by: person, deed),
            expected: ledger?.revision ?? 0)
    }
}

extension AlertLedger {
    /// Where it fired last; nil where the entries that are read do not tell.
    fileprivate var environment: String? {
        for entry in entries.reversed() {
            if case .fired(_, let environment, _) = entry.deed { return environment }
        }
        return nil
    }
}
