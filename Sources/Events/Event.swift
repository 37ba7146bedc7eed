// Event: everything that can happen, and the envelope it travels in.

/// What the outside said, what the operator did, or that time passed.
///
/// Only inputs are events; what follows from them (health, stuck, percentiles) is computed.
package enum Event: Hashable, Codable, Sendable {
    /// A session begins: who watches what. Everything told by feeds before it is forgotten.
    case started(SessionStart)
    /// Time passes; sent once a second while anybody watches.
    case tick
    case feed(FeedID, FeedEvent)
    case registry(FeedID, RegistryEvent)
    case config(FeedID, ConfigEvent)
    case sagas(FeedID, SagaEvent)
    case traces(FeedID, TraceEvent)
    case metrics(FeedID, MetricEvent)
    case alerts(FeedID, AlertEvent)
    case store(StoreEvent)
}

/// What a session watches.
package struct SessionStart: Hashable, Codable, Sendable {
    /// The environment's name in words, as in `production`; empty where the configuration names none.
    package var environment: String
    package var feeds: [FeedSource]
    /// Spans that began longer ago than this are forgotten.
    package var traceWindow: Duration
    package var policy: AcknowledgementPolicy

    package init(
        environment: String, feeds: [FeedSource], traceWindow: Duration,
        policy: AcknowledgementPolicy = AcknowledgementPolicy()
    ) {
        (self.environment, self.feeds, self.traceWindow) = (environment, feeds, traceWindow)
        self.policy = policy
    }
}

/// One line of the journal.
package struct Envelope: Hashable, Codable, Sendable {
    /// Counts from 1 in each journal.
    package var sequence: UInt64
    package var at: Instant
    package var event: Event

    package init(sequence: UInt64, at: Instant, event: Event) {
        self.sequence = sequence
        self.at = at
        self.event = event
    }
}
