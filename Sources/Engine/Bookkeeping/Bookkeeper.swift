// Bookkeeper: the alert store beside the loop: what it tells becomes events, what fires is written.
import AlertStores
import Events
import WorldModel

/// Runs beside the loop and never holds it up: a store that hangs is a store that is lost.
actor Bookkeeper {
    /// What ended longer ago is read only where it is asked for.
    static let memory = Duration.seconds(7 * 86_400)

    let settings: BookkeeperSettings
    let mailbox: Mailbox
    let newest: NewestWorld
    let clock: SessionClock
    private(set) var store: (any AlertStore)?
    private var problem = "it is not open yet"
    /// What the store told us and the newest world may not know yet.
    private var latest: [String: AlertLedger] = [:]
    private var transitions: Transitions
    private var told: (at: Duration, alerts: Int)?

    init(
        _ settings: BookkeeperSettings, telling mailbox: Mailbox, of newest: NewestWorld,
        clock: SessionClock
    ) {
        (self.settings, self.mailbox, self.newest) = (settings, mailbox, newest)
        self.clock = clock
        transitions = Transitions(by: settings.person)
    }

    /// Runs until cancelled.
    func run() async {
        var strikes = 0
        while !Task.isCancelled {
            let opened = clock.elapsed
            do {
                try await keep()
            } catch {
                guard !Task.isCancelled else { break }
                problem = "\(error)"
                await mailbox.put(.store(.lost(reason: problem)))
            }
            store = nil
            strikes = clock.elapsed - opened > .seconds(60) ? 1 : strikes + 1
            let pause = Backoff.wait(strikes: strikes, jitter: .random(in: 0.5...1))
            try? await clock.sleep(for: pause)
        }
    }

    private func keep() async throws {
        let store = try await settings.open()
        defer {
            // Not part of what was cancelled: others are to know at once that we are gone.
            let observer = settings.observer
            Task.detached { try? await store.withdraw(observer) }
        }
        let contents = try await store.read(since: clock.now - Self.memory)
        latest = [:]
        await mailbox.put(.store(.listed(ledgers: contents.ledgers, mutes: contents.mutes)))
        self.store = store
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.follow(store, after: contents.position) }
            group.addTask { try await self.write(to: store) }
            try await group.next()
            group.cancelAll()
        }
    }

    private func follow(_ store: any AlertStore, after position: StorePosition) async throws {
        var position = position
        while !Task.isCancelled {
            let news = try await store.changes(after: position)
            position = news.position
            await tell(news.ledgers, news.mutes)
        }
    }

    /// Looks at each world in which something is to be written, and now and then at what only
    /// time has brought about.
    private func write(to store: any AlertStore) async throws {
        await newest.wait { $0.book.isRead }
        var looked = Looked()
        while !Task.isCancelled {
            let world = newest.world
            if !settings.isReadOnly, looked.isOld(for: world) {
                looked = Looked(world)
                try await write(world, to: store)
            }
            try await observe(world, store)
            let last = Looked(world)
            await newest.wait { last.isOld(for: $0, after: .seconds(1)) }
        }
    }

    /// The world that was looked at last, as far as the store is concerned.
    private struct Looked: Sendable {
        var (alerts, book, now) = (-1, -1, Instant(milliseconds: 0))

        init() {}

        init(_ world: World) {
            (alerts, book) = (world.alerts.arrangements, world.book.revision)
            now = world.now
        }

        func isOld(for world: World, after time: Duration = .seconds(5)) -> Bool {
            world.alerts.arrangements != alerts || world.book.revision != book
                || world.now - now >= time
        }
    }

    /// Appends what has happened to alerts since the store was last told.
    func write(_ world: World, to store: any AlertStore) async throws(StoreError) {
        latest = latest.filter { $0.value.revision > known($0.key, in: world) }
        var writes = transitions.take(world, newer: latest)
        for (ledger, reason) in world.book.breaks(at: world.now)
        where latest[ledger.fingerprint] == nil {
            writes.append(LedgerWrite(ledger, entry(.broken(reason), at: world.now)))
        }
        let left = transitions.abandoned(world).filter { latest[$0.fingerprint] == nil }
        if !left.isEmpty {
            let observed = Set(
                try await store.observations().flatMap(\.alerts).map(\.fingerprint))
            for ledger in left where !observed.contains(ledger.fingerprint) {
                writes.append(LedgerWrite(ledger, entry(.resolved, at: world.now)))
            }
        }
        guard !writes.isEmpty else { return }
        await tell(try await store.append(writes).map(\.ledger), [])
    }

    private func entry(_ deed: LedgerEntry.Deed, at moment: Instant) -> LedgerEntry {
        LedgerEntry(id: LedgerEntry.newID(), at: moment, by: settings.person, deed)
    }

    private func known(_ fingerprint: String, in world: World) -> UInt64 {
        world.book.ledgers[fingerprint]?.revision ?? 0
    }

    /// What the store last said of an alert.
    private func ledger(_ fingerprint: String, _ world: World) -> AlertLedger? {
        latest[fingerprint] ?? world.book.ledgers[fingerprint]
    }

    private func tell(_ ledgers: [AlertLedger], _ mutes: [Mute]) async {
        for ledger in ledgers where ledger.revision > latest[ledger.fingerprint]?.revision ?? 0 {
            latest[ledger.fingerprint] = ledger
        }
        guard !ledgers.isEmpty || !mutes.isEmpty else { return }
        await mailbox.put(.store(.changed(ledgers: ledgers, mutes: mutes)))
    }

    /// What we evaluate, for scripts: when it changes, though not more than once a second.
    private func observe(_ world: World, _ store: any AlertStore) async throws(StoreError) {
        guard !settings.isReadOnly, !world.alerts.rules.isEmpty else { return }
        let now = clock.elapsed
        if let told {
            let isNews = told.alerts != world.alerts.arrangements && now - told.at >= .seconds(1)
            guard isNews || now - told.at >= Observation.pulse else { return }
        }
        told = (now, world.alerts.arrangements)
        try await store.tell(world.observation(by: settings.observer))
    }

    /// Carries out what the operator asks.
    func carryOut(_ request: AlertRequest) async -> AlertReply {
        guard !settings.isReadOnly else {
            return .failed("nothing was written: the configuration says read_only: true")
        }
        guard let store else { return .failed("the alert store cannot be used: \(problem)") }
        do throws(StoreError) {
            return try await carryOut(request, store)
        } catch {
            let doubt = error.isUncertain ? "it may have been written: " : "nothing was written: "
            return .failed(doubt + error.description)
        }
    }

    private func carryOut(
        _ request: AlertRequest, _ store: any AlertStore
    ) async throws(StoreError) -> AlertReply {
        switch request {
        case .order(let order, let fingerprints):
            let world = newest.world
            // What fires on the screen is in the store before somebody has it.
            try await write(world, to: store)
            let ledgers = fingerprints.compactMap { ledger($0, world) }
            let clerk = OrderClerk(store, as: settings.person, policy: settings.policy)
            let outcomes = try await clerk.carryOut(order, on: ledgers, at: world.now)
            await tell(outcomes.map(\.ledger), [])
            return .ordered(outcomes)
        case .mute(let matchers, let until, let comment):
            let mute = Mute(
                id: LedgerEntry.newID(), matchers: matchers, start: clock.now, until: until,
                by: settings.person, comment: comment)
            return .muted(try await put(mute, store).mute)
        case .unmute(let id):
            guard var mute = newest.world.book.mute(id), mute.feed == nil, mute.ended == nil else {
                return .notMuted
            }
            mute.ended = Mute.Ending(at: clock.now, by: settings.person)
            let outcome = try await put(mute, store)
            return outcome.isConfirmed ? .muted(outcome.mute) : .notMuted
        }
    }

    private func put(
        _ mute: Mute, _ store: any AlertStore
    ) async throws(StoreError) -> MuteOutcome {
        let outcome = try await store.put(mute)
        await tell([], [outcome.mute])
        return outcome
    }
}

extension LedgerOutcome {
    var ledger: AlertLedger {
        switch self {
        case .confirmed(let ledger), .conflict(let ledger): ledger
        }
    }
}
