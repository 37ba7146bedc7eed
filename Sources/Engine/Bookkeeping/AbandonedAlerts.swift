// AbandonedAlerts: what was left firing by a clawtop that is gone.
import Events
import WorldModel

/// Finds alerts that fire by the store's account only.
struct AbandonedAlerts {
    /// What we do not find is over after it has fired for this long in our sight.
    static let patience = Duration.seconds(30)

    /// Since when we have missed what fires, by the entry that says it does.
    private var missed: [LedgerEntry.ID: Instant] = [:]

    /// Alerts that our rules, which are well, do not find, and that were seen in the environment that
    /// we look at, by sources of which we watch each.
    ///
    /// Whether another clawtop sees them is to be asked before they are resolved.
    mutating func take(_ world: World) -> [AlertLedger] {
        let before = missed
        missed = [:]
        guard world.isSeenWhole else { return [] }
        let open = Set(world.alerts.open.map(\.fingerprint))
        let names = Set(world.alerts.rules.map(\.name))
        let watched = Set(world.feeds.all.map(\.source.reference))
        return world.book.firing.filter { ledger in
            guard !open.contains(ledger.fingerprint), names.contains(ledger.name),
                let begin = ledger.lastFired,
                case .fired(_, world.environment, _) = begin.deed,
                let feeds = begin.feeds, watched.isSuperset(of: feeds)
            else { return false }
            let since = before[begin.id] ?? world.now
            missed[begin.id] = since
            return world.now - since > Self.patience
        }
    }
}

extension [AlertLedger] {
    /// Those that nobody sees; where somebody sees more than it can tell, each may be among that.
    func unseen(by others: [Observation]) -> [AlertLedger] {
        guard others.allSatisfy({ $0.unsaid == 0 }) else { return [] }
        let seen = Set(others.flatMap(\.alerts).map(\.fingerprint))
        return filter { !seen.contains($0.fingerprint) }
    }
}

extension World {
    /// Whether no source is blind, and no rule fails.
    fileprivate var isSeenWhole: Bool {
        !feeds.all.isEmpty && feeds.all.allSatisfy { $0.condition == .live }
            && alerts.healths[.err] == nil && alerts.healths[.unknown] == nil
    }
}
