// AlertOrder: what an operator wants done to an alert, and what may be written for it.
package import Events

package enum AlertOrder: Hashable, Sendable {
    /// `until` nil: until it is resolved.
    case acknowledge(until: Instant?, note: String, takesOver: Bool)
    case unacknowledge
    case note(String)
}

/// What an order comes to, given what is known of the alert.
package enum AlertDecision: Hashable, Sendable {
    case write(LedgerEntry.Deed)
    /// It is resolved: the acknowledgement came too late and is kept as this note.
    case tooLate(LedgerEntry.Deed)
    /// Another person has it, and nobody said that this is to be taken over.
    case held(AlertStanding.Hold)
    /// There is nothing to do: nobody has it, or it was never seen to fire.
    case nothing
}

extension AlertStanding {
    package func decide(_ order: AlertOrder, by person: Person, at now: Instant) -> AlertDecision {
        switch order {
        case .note(let text): return .write(.noted(text))
        case .unacknowledge: return hold(at: now) == nil ? .nothing : .write(.unacknowledged)
        case .acknowledge(let until, let note, let takesOver):
            guard isFiring else {
                let words = note.isEmpty ? "acknowledged after it was resolved" : note
                return fired == nil ? .nothing : .tooLate(.noted(words))
            }
            let hold = hold(at: now)
            if let hold, hold.by != person, !takesOver { return .held(hold) }
            let isTaken = hold.map { $0.by != person } ?? false
            return .write(
                .acknowledged(Acknowledgement(until: until, note: note, takesOver: isTaken)))
        }
    }
}
