// Bookkeeper: the alert store beside the loop: what it tells becomes events, what fires is written.
import AlertStores
import Events
import WorldModel

/// Runs beside the loop and never holds it up: a store that hangs is a store that is lost.
actor Bookkeeper {
    /// What ended longer ago is read only where it is asked for.
    static let memory = Duration.seconds(7 * 86_400)
    /// What was refused is tried again after this long: somebody may have made room.
    private static let forbearance = Duration.seconds(60)
    private static let mostRemarks = 100

    let settings: BookkeeperSettings
    let mailbox: Mailbox
    let newest: NewestWorld
    let clock: SessionClock
    private(set) var store: (any AlertStore)?
    private(set) var problem = "it is not open yet"
    /// What the store told us and the newest world may not know yet.
    private var latest: [String: AlertLedger] = [:]
    private var transitions: Transitions
    private var abandoned = AbandonedAlerts()
    private var told: Told?
    private var remarks: [String] = []
    /// Alerts whose place in the store is taken by what is not ours, and when that was found.
    private(set) var refused: [String: (error: StoreError, at: Instant)] = [:]

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
                if (error as? StoreError)?.losesAll == true { await remark([problem]) }
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
            let (observer, isReadOnly) = (settings.observer, settings.isReadOnly)
            if !isReadOnly { Task.detached { try? await store.withdraw(observer) } }
        }
        let contents = try await store.read(since: clock.now - Self.memory)
        (latest, refused) = ([:], [:])
        await mailbox.put(.store(.listed(ledgers: contents.ledgers, mutes: contents.mutes)))
        await remark(contents.remarks)
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
            await remark(news.remarks)
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
        let left = abandoned.take(world).filter { latest[$0.fingerprint] == nil }
        if !left.isEmpty {
            let others = try await store.observations().filter { $0.observer != settings.observer }
            for ledger in left.unseen(by: others) {
                writes.append(LedgerWrite(ledger, entry(.resolved, at: world.now)))
            }
        }
        writes.removeAll { write in
            refused[write.fingerprint].map { world.now - $0.at < Self.forbearance } ?? false
        }
        guard !writes.isEmpty else { return }
        let outcomes = try await store.append(writes)
        for case (let write, .refused(let error)) in zip(writes, outcomes) {
            refused[write.fingerprint] = (error, world.now)
            await remark([error.description])
        }
        await tell(outcomes.compactMap(\.ledger), [])
    }

    /// Says what stays true until the session ends, once.
    private func remark(_ sentences: [String]) async {
        let news = sentences.filter { !remarks.contains($0) }
        guard !news.isEmpty, remarks.count < Self.mostRemarks else { return }
        remarks += news.prefix(Self.mostRemarks - remarks.count)
        await mailbox.put(.store(.remarked(remarks)))
    }

    private func entry(_ deed: LedgerEntry.Deed, at moment: Instant) -> LedgerEntry {
        LedgerEntry(id: LedgerEntry.newID(), at: moment, by: settings.person, deed)
    }

    private func known(_ fingerprint: String, in world: World) -> UInt64 {
        world.book.ledgers[fingerprint]?.revision ?? 0
    }

    /// What the store last said of an alert.
    func ledger(_ fingerprint: String, _ world: World) -> AlertLedger? {
        latest[fingerprint] ?? world.book.ledgers[fingerprint]
    }

    func tell(_ ledgers: [AlertLedger], _ mutes: [Mute]) async {
        for ledger in ledgers where ledger.revision > latest[ledger.fingerprint]?.revision ?? 0 {
            latest[ledger.fingerprint] = ledger
        }
        guard !ledgers.isEmpty || !mutes.isEmpty else { return }
        await mailbox.put(.store(.changed(ledgers: ledgers, mutes: mutes)))
    }

    /// What the store was told of our alerts.
    private struct Told {
        /// That it was so, or still is.
        var at: Duration
        /// All of it.
        var whole: Duration
        var alerts: Int
        var feeds: [FeedCondition]

        init(_ world: World, at now: Duration) {
            (at, whole, alerts) = (now, now, world.alerts.arrangements)
            feeds = world.feeds.all.map(\.condition)
        }

        func isNews(_ world: World) -> Bool {
            alerts != world.alerts.arrangements || feeds != world.feeds.all.map(\.condition)
        }
    }

    /// Tells what we evaluate, for scripts.
    ///
    /// When it changes, though not more than once a second, and of thousands of alerts less often;
    /// values that only move with every fourth pulse, and between those that it still holds.
    private func observe(_ world: World, _ store: any AlertStore) async throws(StoreError) {
        guard !settings.isReadOnly, !world.alerts.rules.isEmpty else { return }
        let now = clock.elapsed
        if let told {
            let rest = max(Duration.seconds(1), .milliseconds(2 * world.alerts.open.count))
            let isNews = told.isNews(world) && now - told.whole >= rest
            guard isNews || now - told.at >= Observation.pulse else { return }
            if !isNews, now - told.whole < Observation.pulse * 4 {
                self.told?.at = now
                if try await store.renew(settings.observer) { return }
            }
        }
        told = Told(world, at: now)
        try await store.tell(world.observation(by: settings.observer))
    }
}

extension LedgerOutcome {
    var ledger: AlertLedger? {
        switch self {
        case .confirmed(let ledger), .conflict(let ledger): ledger
        case .refused: nil
        }
    }
}
