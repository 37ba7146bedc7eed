// LedgerLimit: which entries of a long history are read.
package import Events

extension LedgerEntry.Deed {
    /// Whether it says who has the alert, or that nobody has it any more.
    var settlesHold: Bool {
        switch self {
        case .acknowledged, .unacknowledged, .broken: true
        case .fired, .resolved, .noted, .notified: false
        }
    }

    /// What an entry tells of until a later one does.
    fileprivate enum Matter: Hashable {
        case fired, resolved, acknowledged, released
        case notified(receiver: String)
    }

    /// Nil: it has happened, and nothing comes of it.
    fileprivate var matter: Matter? {
        switch self {
        case .fired: .fired
        case .resolved: .resolved
        case .acknowledged: .acknowledged
        case .unacknowledged, .broken: .released
        case .notified(let receiver, _): .notified(receiver: receiver)
        case .noted: nil
        }
    }
}

extension AlertLedger {
    /// With the newest `limit` entries, and before them the last of each kind, and of each receiver,
    /// that is older.
    ///
    /// So an alert that flaps all night, or is told of all week, pushes nothing out of sight by which
    /// it stands: that it fires and since when, who has it, and who was told.
    package func limited(to limit: Int) -> AlertLedger {
        guard entries.count > limit else { return self }
        let start = entries.count - limit
        var settled = Set(entries[start...].compactMap(\.deed.matter))
        let held = entries[..<start].reversed().filter { entry in
            entry.deed.matter.map { settled.insert($0).inserted } ?? false
        }
        var ledger = self
        ledger.entries = held.reversed() + entries[start...]
        return ledger
    }
}
