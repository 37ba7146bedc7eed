// Sagas: the sagas of all engines, the ones that need a human first.
package import Events

/// One saga as we know it.
package struct SagaEntry: Sendable, Equatable {
    package var saga: Saga
    package var feed: FeedID
    /// Since when it has been in its state, as far as the engine or we can tell.
    package var since: Instant
    /// Why somebody must look at it; nil while nobody must.
    package var stuck: String?

    package var isOver: Bool {
        switch saga.state {
        case .completed, .compensated, .ended: true
        case .running, .compensating, .failed, .unknown: false
        }
    }

    /// Stuck and failed first, then compensating, then the others; the oldest first.
    fileprivate var rank: Int {
        if stuck != nil { return 0 }
        switch saga.state {
        case .failed: return 1
        case .compensating: return 2
        case .unknown: return 3
        case .running: return 4
        case .ended, .completed, .compensated: return 5
        }
    }

    fileprivate static func comesBefore(_ one: SagaEntry, _ other: SagaEntry) -> Bool {
        if one.rank != other.rank { return one.rank < other.rank }
        if one.isOver, one.since != other.since { return one.since > other.since }
        let starts = (one.saga.started ?? one.since, other.saga.started ?? other.since)
        return starts.0 == starts.1 ? one.saga.id < other.saga.id : starts.0 < starts.1
    }
}

/// How the sagas that are not over go, as far as spans saw them in one service.
package struct SagaLoad: Sendable, Equatable {
    package var stuck = 0
    package var failed = 0
    package var compensating = 0
    package var running = 0

    fileprivate mutating func count(_ entry: SagaEntry) {
        guard entry.stuck == nil else { return stuck += 1 }
        switch entry.saga.state {
        case .failed: failed += 1
        case .compensating: compensating += 1
        case .running, .unknown: running += 1
        case .completed, .compensated, .ended: break
        }
    }
}

package struct Sagas: Sendable, Equatable {
    /// An engine that has been ending a saga for longer has failed at it twice: Narayana's recovery
    /// runs every 120 s by default.
    static let patience = Duration.seconds(240)
    /// Sagas that are over are forgotten after this.
    static let memory = Duration.seconds(1800)
    static let mostOver = 2000

    /// Feeds that were away when time was last told.
    private var blind: Set<FeedID> = []
    private var byFeed: [FeedID: [String: SagaEntry]] = [:]
    private var progress = SagaProgressBook()
    /// All sagas, the ones that need a human first.
    package private(set) var all: [SagaEntry] = []
    package private(set) var counts: [SagaState: Int] = [:]
    package private(set) var stuckCount = 0
    /// The sagas that are not over, by the services they go through.
    package private(set) var loads: [String: SagaLoad] = [:]
    /// Sagas that came into a state while we watched; 0 for those that rules ask for, from the moment
    /// on from which a kind is known, because a counter that begins with 1 has never increased.
    private(set) var transitions: [SagaStatus: Int] = [:]
    package private(set) var revision = 0

    package subscript(feed: FeedID, id: String) -> SagaEntry? { byFeed[feed]?[id] }

    /// What spans told of this saga's steps; empty where none did.
    package func steps(of saga: Saga) -> [SagaStep] { progress.steps(of: saga.id) }

    /// The sagas that spans saw in `service`.
    package func through(_ service: String) -> [SagaEntry] {
        let ids = progress.sagas(through: service)
        return all.filter { ids.contains($0.saga.id) }
    }

    /// Returns what the ledger should say of it.
    mutating func apply(_ event: SagaEvent, from feed: FeedID, at now: Instant) -> [Change] {
        let isFirst = byFeed[feed] == nil
        var known = byFeed[feed] ?? [:]
        let told: [Saga]
        switch event {
        case .listed(let sagas):
            let ids = Set(sagas.map(\.id))
            known = known.filter { ids.contains($0.key) }
            told = sagas
        case .changed(let sagas): told = sagas
        }
        for saga in told {
            for state in SagaStatus.alwaysTold {
                transitions[SagaStatus(saga: saga.name, state: state), default: 0] += 0
            }
            if !isFirst, known[saga.id]?.saga.state != saga.state {
                transitions[SagaStatus(saga: saga.name, state: saga.state), default: 0] += 1
            }
            known[saga.id] = SagaEntry(
                saga: saga, feed: feed, since: since(of: saga, after: known[saga.id]) ?? now)
        }
        byFeed[feed] = known
        blind.remove(feed)
        return refresh(at: now)
    }

    /// Since when a saga has been in its state; nil: since now.
    private func since(of saga: Saga, after old: SagaEntry?) -> Instant? {
        if let old, old.saga.state == saga.state { return old.since }
        // When it ended is not told; we see it now.
        if case .ended = saga.state { return nil }
        return saga.ending ?? (old == nil ? saga.started : nil)
    }

    /// Takes note of steps that spans tell of.
    mutating func observe(
        _ spans: [SpanRecord], replacing: [UInt64], at now: Instant
    ) -> [Change] {
        guard progress.observe(spans, replacing: replacing) else { return [] }
        return refresh(at: now)
    }

    /// Time passes: sagas get stuck, and those that are over are forgotten.
    ///
    /// Of what an engine that is away has not told, nobody knows how it goes on: there none gets
    /// stuck by time alone.
    mutating func age(to now: Instant, isBlind: (FeedID) -> Bool) -> [Change] {
        guard !all.isEmpty else { return [] }
        blind = Set(byFeed.keys.filter(isBlind))
        return refresh(at: now)
    }

    /// Judges, forgets, counts and orders anew.
    private mutating func refresh(at now: Instant) -> [Change] {
        var changes: [Change] = []
        for feed in byFeed.keys.sorted() {
            for (id, entry) in byFeed[feed] ?? [:] {
                if entry.isOver, now - entry.since > Self.memory {
                    byFeed[feed]?[id] = nil
                    progress.forget(id)
                    continue
                }
                let stuck = blind.contains(feed) ? entry.stuck : judge(entry, at: now)
                guard stuck != entry.stuck else { continue }
                byFeed[feed]?[id]?.stuck = stuck
                if entry.stuck == nil, let stuck {
                    changes.append(Change(.saga, entry.saga.name, "\(id.tail) is stuck: \(stuck)"))
                }
            }
        }
        order()
        return changes.sorted { $0.text < $1.text }
    }

    /// Why `entry` needs a human; no engine says so itself.
    private func judge(_ entry: SagaEntry, at now: Instant) -> String? {
        guard !entry.isOver, entry.saga.ending != nil || entry.saga.state == .compensating else {
            return nil
        }
        let trouble = progress.steps(of: entry.saga.id).last { $0.undo.isFailing }
        if let trouble, trouble.undo.tries >= 3 {
            let reason = trouble.undo.error.map { ", \($0)" } ?? ""
            return "undo \(trouble.name): \(trouble.undo.tries) tries\(reason)"
        }
        let since = entry.saga.ending ?? entry.since
        guard now - since > Self.patience else { return nil }
        let word = entry.saga.engineState.lowercased()
        return "\(word) for \((now - since).milliseconds / 60_000)m, no end in sight"
    }

    private mutating func order() {
        all = byFeed.values.flatMap(\.values).sorted(by: SagaEntry.comesBefore)
        let over = all.lazy.reversed().prefix { $0.isOver }.count
        for entry in all.suffix(max(0, over - Self.mostOver)) where entry.isOver {
            byFeed[entry.feed]?[entry.saga.id] = nil
            progress.forget(entry.saga.id)
        }
        all.removeLast(max(0, over - Self.mostOver))
        (counts, loads) = ([:], [:])
        for entry in all { counts[entry.saga.state, default: 0] += 1 }
        for entry in all where !entry.isOver {
            for service in progress.services(of: entry.saga.id) {
                loads[service, default: SagaLoad()].count(entry)
            }
        }
        stuckCount = all.lazy.prefix { $0.stuck != nil }.count
        revision += 1
    }
}

extension String {
    /// The end of an id, as people say it.
    fileprivate var tail: String { String(suffix(8)) }
}
