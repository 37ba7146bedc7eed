// AlertStanding: what an alert's ledger comes to: does it fire, who has it, what became of that.
package import Events

package struct AlertStanding: Hashable, Sendable {
    /// Who has it.
    package struct Hold: Hashable, Sendable {
        package var by: Person
        package var at: Instant
        /// Nil: until it is resolved.
        package var until: Instant?
        package var note: String
    }

    /// An acknowledgement that does not hold any more.
    package struct Break: Hashable, Sendable {
        package var reason: BreakReason
        package var at: Instant
        package var owner: Person
    }

    package private(set) var isFiring = false
    /// Since when it fires, or fired last; flapping does not count.
    package private(set) var since: Instant?
    /// When it fired last, flapping or not.
    package private(set) var fired: Instant?
    package private(set) var resolved: Instant?
    /// How often it was resolved and fired again within the flap window.
    package private(set) var flaps = 0
    /// As it was written; whether it holds at a moment, ``hold(at:)`` tells.
    private var written: Hold?
    private var broken: Break?
    /// Receivers that were told, and whether the last word was that it is resolved.
    package private(set) var notified: [String: Bool] = [:]

    package init() {}

    /// Whether an acknowledgement stands in the ledger, over or not.
    var isHeld: Bool { written != nil }

    package init(_ ledger: AlertLedger, policy: AcknowledgementPolicy) {
        // What stands before the entries that are read is gone; nobody acknowledges what is resolved.
        isFiring = ledger.entries.lazy.compactMap(\.deed.impliesFiring).first ?? false
        for entry in ledger.entries { take(entry, policy) }
    }

    /// Who has it at a moment; nobody has what is resolved.
    package func hold(at now: Instant) -> Hold? {
        guard isFiring, let written, !written.isOver(at: now) else { return nil }
        return written
    }

    /// Why nobody has it any more; nil where somebody has, or nobody had.
    package func broken(at now: Instant) -> Break? {
        guard isFiring else { return nil }
        if let written, let until = written.until, until <= now {
            return Break(reason: .expired, at: until, owner: written.by)
        }
        return broken
    }

    /// An acknowledgement that is over and whose end is not yet written.
    package func unwrittenBreak(at now: Instant) -> Break? {
        guard written != nil else { return nil }
        return broken(at: now)
    }

    private mutating func take(_ entry: LedgerEntry, _ policy: AcknowledgementPolicy) {
        switch entry.deed {
        case .fired(_, _, let since): fire(at: entry.at, flappingSince: since, policy)
        case .resolved:
            (isFiring, resolved) = (false, entry.at)
        case .acknowledged(let given): acknowledge(given, entry)
        case .unacknowledged: (written, broken) = (nil, nil)
        case .broken(let reason):
            guard let owner = written?.by else { return }
            (written, broken) = (nil, Break(reason: reason, at: entry.at, owner: owner))
        case .notified(let receiver, let isResolved): notified[receiver] = isResolved
        case .noted: break
        }
    }

    /// `begin` is what the entry says of when it began to flap: what tells of that may not be read.
    private mutating func fire(
        at now: Instant, flappingSince begin: Instant?, _ policy: AcknowledgementPolicy
    ) {
        guard !isFiring || fired == nil else { return }
        // It was acknowledged before what is read begins: that it fires is no news.
        let isKnown = isFiring
        (isFiring, fired) = (true, now)
        if resolved.map({ now - $0 <= policy.flapWindow }) ?? (begin != nil) {
            flaps += 1
            since = since ?? begin ?? now
            return
        }
        (since, flaps) = (now, 0)
        guard !isKnown else { return }
        broken = written.map { Break(reason: .refired, at: now, owner: $0.by) }
        written = nil
    }

    /// Of what is resolved, and of what another one has, it is a note.
    private mutating func acknowledge(_ given: Acknowledgement, _ entry: LedgerEntry) {
        guard isFiring else { return }
        if let hold = hold(at: entry.at), hold.by != entry.by, !given.takesOver { return }
        written = Hold(by: entry.by, at: entry.at, until: given.until, note: given.note)
        broken = nil
    }
}

extension LedgerEntry.Deed {
    /// Whether the alert fired before it; nil where it does not tell.
    fileprivate var impliesFiring: Bool? {
        switch self {
        case .acknowledged: true
        case .fired, .resolved: false
        case .unacknowledged, .broken, .noted, .notified: nil
        }
    }
}

extension AlertStanding.Hold {
    fileprivate func isOver(at now: Instant) -> Bool { until.map { $0 <= now } ?? false }
}
