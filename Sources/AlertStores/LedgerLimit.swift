// LedgerLimit: which entries of a long history are read.
package import Events

extension LedgerEntry.Deed {
    /// Whether it says who has the alert, or that nobody has it any more.
    package var settlesHold: Bool {
        switch self {
        case .acknowledged, .unacknowledged, .broken: true
        case .fired, .resolved, .noted, .notified: false
        }
    }
}

extension AlertLedger {
    /// With the newest `limit` entries, and before them the one that settles who has it.
    ///
    /// So an alert that flaps all night does not push its acknowledgement out of sight.
    package func limited(to limit: Int) -> AlertLedger {
        guard entries.count > limit else { return self }
        var ledger = self
        ledger.entries = entries.suffix(limit)
        guard !ledger.entries.contains(where: \.deed.settlesHold),
            let settling = entries.last(where: \.deed.settlesHold)
        else { return ledger }
        ledger.entries.insert(settling, at: 0)
        return ledger
    }
}
