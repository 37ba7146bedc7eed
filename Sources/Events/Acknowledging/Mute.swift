// Mute: alerts that nobody is to be called for, until a moment.

package struct Mute: Hashable, Codable, Sendable, Identifiable {
    /// A mute that was ended before its time.
    package struct Ending: Hashable, Codable, Sendable {
        package var at: Instant
        package var by: Person

        package init(at: Instant, by: Person) { (self.at, self.by) = (at, by) }
    }

    package var id: String
    /// All of them hold; never empty.
    package var matchers: [LabelMatcher]
    package var start: Instant
    package var until: Instant
    package var by: Person
    package var comment: String
    package var ended: Ending?
    /// The Alertmanager whose silence it is; nil: it is ours.
    package var feed: FeedID?
    /// Grows with every change; 0 where it is not in the store.
    package var revision: UInt64

    package init(
        id: String, matchers: [LabelMatcher], start: Instant, until: Instant, by: Person,
        comment: String, ended: Ending? = nil, feed: FeedID? = nil, revision: UInt64 = 0
    ) {
        (self.id, self.matchers, self.start, self.until) = (id, matchers, start, until)
        (self.by, self.comment, self.ended, self.feed) = (by, comment, ended, feed)
        self.revision = revision
    }

    package func isActive(at now: Instant) -> Bool {
        start <= now && now < until && ended == nil
    }

    /// Whether the other one says the same, whatever their revisions: a call that was repeated finds
    /// what it wrote itself.
    package func isSame(as other: Mute) -> Bool {
        var other = other
        other.revision = revision
        return self == other
    }
}
