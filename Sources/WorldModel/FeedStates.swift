// FeedStates: how each source is doing.
package import Events

/// The state of one source, in the words of `clawtop once`.
package enum FeedCondition: String, Sendable {
    /// It has never answered, and has not been given up.
    case connecting
    case live
    /// What is shown is its last answer.
    case stale
    /// Nothing can be said.
    case lost
}

/// One source and how it is doing.
package struct FeedState: Sendable, Equatable {
    package var source: FeedSource
    package var condition = FeedCondition.connecting
    /// Since when it has been in this condition.
    package var since: Instant
    package var lastAnswer: Instant?
    /// What it holds, in words: `318 instances`.
    package var note = ""
    /// Why it is stale or lost; empty while it is live.
    package var reason = ""
    /// When the next try is due, where it is lost.
    package var nextTry: Instant?
    /// All requests that we sent it.
    package private(set) var requestCount = 0
    /// Requests and when they were told, for ``requestsPerSecond(at:)``.
    private var requests: [Burst] = []

    private struct Burst: Sendable, Equatable {
        var at: Instant
        var count: Int
    }

    init(_ source: FeedSource, at now: Instant) {
        (self.source, since) = (source, now)
    }

    /// Neither its health nor anything it says can be believed.
    package var isBlind: Bool { condition == .stale || condition == .lost }

    /// The requests we sent it a second, over the last ten.
    package func requestsPerSecond(at now: Instant) -> Double {
        let begin = now + .seconds(-10)
        return Double(requests.lazy.filter { $0.at > begin }.reduce(0) { $0 + $1.count }) / 10
    }

    fileprivate mutating func apply(_ event: FeedEvent, at now: Instant) {
        switch event {
        case .answered(let note, let count):
            become(.live, at: now)
            (lastAnswer, self.note, reason, nextTry) = (now, note, "", nil)
            sent(count, at: now)
        case .stale(let reason, let count):
            become(.stale, at: now)
            self.reason = reason
            sent(count, at: now)
        case .lost(let reason, let retryIn, let count):
            become(.lost, at: now)
            (self.reason, nextTry) = (reason, now + retryIn)
            sent(count, at: now)
        }
    }

    private mutating func become(_ condition: FeedCondition, at now: Instant) {
        guard condition != self.condition else { return }
        // From stale to lost it is the same blindness: it began with the first of them.
        if !(isBlind && condition == .lost) { since = now }
        self.condition = condition
    }

    private mutating func sent(_ count: Int, at now: Instant) {
        guard count > 0 else { return }
        requestCount += count
        requests.removeAll { $0.at <= now + .seconds(-10) }
        requests.append(Burst(at: now, count: count))
    }
}

/// The sources of this session, in the order of the configuration.
package struct FeedStates: Sendable, Equatable {
    package private(set) var all: [FeedState] = []

    init() {}

    init(_ sources: [FeedSource], at now: Instant) {
        all = sources.map { FeedState($0, at: now) }
    }

    package subscript(id: FeedID) -> FeedState? { all.first { $0.source.id == id } }

    /// The sources of one world.
    package func watching(_ world: WatchedWorld) -> [FeedState] {
        all.filter { $0.source.world == world }
    }

    /// What is shown from this source is old, or nothing.
    package func isBlind(_ id: FeedID) -> Bool { self[id]?.isBlind ?? false }

    /// Returns what the ledger should say of it.
    mutating func apply(_ event: FeedEvent, of id: FeedID, at now: Instant) -> [Change] {
        guard let index = all.firstIndex(where: { $0.source.id == id }) else { return [] }
        let before = all[index].condition
        all[index].apply(event, at: now)
        let after = all[index]
        switch (before, after.condition) {
        case (.connecting, .live), (.live, .live), (.stale, .stale), (.lost, .lost): return []
        case (_, .live): return [Change(.feed, id, "\(id) answers again")]
        case (.lost, .stale), (_, .connecting): return []
        case (_, .stale): return [Change(.feed, id, "\(id) is stale: \(after.reason)")]
        case (_, .lost): return [Change(.feed, id, "\(id) is lost: \(after.reason)")]
        }
    }
}
