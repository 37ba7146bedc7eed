// Feed: somewhere events come from.

/// Somewhere events come from; it observes, and leaves retrying to its supervisor.
package protocol Feed: Sendable {
    var source: FeedSource { get }

    /// Observes until cancelled; throws where it cannot go on, and may then be called again.
    ///
    /// A second run starts from nothing but what the feed chose to remember: it lists again.
    func run(_ output: any FeedOutput) async throws
}

/// What the engine lends to a feed: the way out for what it observed, and time.
package protocol FeedOutput: Sendable {
    /// The engine's clock; feeds read no other.
    var now: Instant { get }

    /// Waits while the mailbox is full.
    func emit(_ event: Event) async

    /// All that the feed asks has been answered: what was emitted is complete as of now.
    ///
    /// `note` counts what the source holds and names what it refuses: `318 instances; no ACL for kv`.
    func answered(_ note: String) async

    /// Waits; ends early where the operator asks for a refresh. Throws when cancelled.
    func pause(for duration: Duration) async throws
}
