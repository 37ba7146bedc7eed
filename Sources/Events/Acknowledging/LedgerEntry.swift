// LedgerEntry: one line of an alert's history: what happened to it, when, and by whom.

/// Written once and never changed.
package struct LedgerEntry: Hashable, Codable, Sendable, Identifiable {
    /// What happened.
    package enum Deed: Hashable, Codable, Sendable {
        /// It fires, in the environment that was looked at; `value` is absent where it is no number.
        ///
        /// Of what flaps, `since` is when that began: the entry that tells of it may be too old to be
        /// read.
        case fired(value: Double?, environment: String = "", since: Instant? = nil)
        case resolved
        case acknowledged(Acknowledgement)
        case unacknowledged
        case noted(String)
        /// An acknowledgement does not hold any more.
        case broken(BreakReason)
        /// A receiver was told that it fires, or that it is resolved.
        case notified(receiver: String, isResolved: Bool)
    }

    /// Unique: an entry that is written again, because no answer came, stands there once.
    package var id: String
    package var at: Instant
    /// Who did it; of what fired and was resolved, the clawtop that saw it.
    package var by: Person
    package var deed: Deed
    /// Of what fired, the sources by which it was seen, as ``FeedSource/reference`` has them.
    ///
    /// Only who watches them all can say that it is over. Nil in what an older clawtop wrote.
    package var feeds: [String]?

    package init(id: String, at: Instant, by: Person, _ deed: Deed, feeds: [String]? = nil) {
        (self.id, self.at, self.by, self.deed, self.feeds) = (id, at, by, deed, feeds)
    }
}

/// That somebody has it, until when, and why.
package struct Acknowledgement: Hashable, Codable, Sendable {
    /// Nil: until it is resolved.
    package var until: Instant?
    package var note: String
    /// The owner before is known and replaced; else an acknowledgement of another person's is a note.
    package var takesOver: Bool

    package init(until: Instant?, note: String = "", takesOver: Bool = false) {
        (self.until, self.note, self.takesOver) = (until, note, takesOver)
    }
}
