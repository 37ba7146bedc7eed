// SagaEvent: what saga engines tell us.

/// Where a saga stands; the words of the saga literature.
package enum SagaState: String, Codable, CaseIterable, Sendable {
    case running, compensating, completed, compensated, failed
    /// It is over, and the engine does not tell how.
    case ended
    case unknown
}

/// One saga as its engine knows it.
package struct Saga: Hashable, Codable, Sendable, Identifiable {
    /// Unique at its engine; for LRA the last segment of the LRA's URL.
    package var id: String
    /// What kind of saga it is; for LRA its client id.
    package var name: String
    package var state: SagaState
    /// The engine's own word: `Cancelling`.
    package var engineState: String
    package var started: Instant?
    /// When it began to end (closing or cancelling), where the engine tells.
    package var ending: Instant?
    /// The saga that this one is nested in.
    package var parent: String?

    package init(
        id: String, name: String, state: SagaState, engineState: String, started: Instant? = nil,
        ending: Instant? = nil, parent: String? = nil
    ) {
        (self.id, self.name, self.state, self.engineState) = (id, name, state, engineState)
        (self.started, self.ending, self.parent) = (started, ending, parent)
    }
}

/// What a saga engine tells us.
package enum SagaEvent: Hashable, Codable, Sendable {
    /// Sagas that are new or changed, among them those that are over.
    case changed([Saga])
    /// The engine's list after a gap (a restart of it, or of us); sagas not in it are forgotten.
    case listed([Saga])
}
