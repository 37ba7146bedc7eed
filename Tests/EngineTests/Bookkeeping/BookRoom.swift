// BookRoom: a bookkeeper at work beside a loop that only folds; time, alerts and store are the test's.
import AlertStores
import Events
import TestKit
import WorldModel

@testable import Engine

/// One clawtop of those that share a place; it begins at once, and ends with ``leave()``.
final class BookRoom: Sendable {
    let newest = NewestWorld()
    let bookkeeper: Bookkeeper
    private let mailbox = Mailbox()
    private let place: MemoryStore.Place
    private let clock: ManualClock
    private let work: [Task<Void, Never>]

    init(
        _ place: MemoryStore.Place, _ clock: ManualClock, as person: Person = .ana,
        isReadOnly: Bool = false, behind gate: Gate? = nil,
        watching feed: FeedSource = FeedSource.usual[0]
    ) {
        (self.place, self.clock) = (place, clock)
        let settings = BookkeeperSettings(
            person: person, observer: "\(person)/1", isReadOnly: isReadOnly
        ) { () async throws(StoreError) in
            let store = MemoryStore(place, behind: gate)
            _ = try await store.observations()
            return store
        }
        let (mailbox, newest) = (mailbox, newest)
        let bookkeeper = Bookkeeper(
            settings, telling: mailbox, of: newest, clock: SessionClock(clock))
        self.bookkeeper = bookkeeper
        mailbox.putAtOnce(
            .started(SessionStart(environment: "shop", feeds: [feed], traceWindow: .zero)))
        mailbox.putAtOnce(.answered(feed.id))
        work = [
            Task { await Self.fold(mailbox, newest, clock) }, Task { await bookkeeper.run() },
        ]
    }

    private static func fold(
        _ mailbox: Mailbox, _ newest: NewestWorld, _ clock: ManualClock
    ) async {
        var world = World()
        while let mail = await mailbox.takeAll() {
            for event in mail.events {
                world.apply(Envelope(sequence: 0, at: clock.wall, event: event))
            }
            if let report = mail.report { world.conclude(report) }
            newest.publish(world)
        }
    }

    /// Ends in order.
    func leave() async {
        for task in work { task.cancel() }
        mailbox.close()
        for task in work { await task.value }
    }

    /// What the rules come to: these fire, each since the moment that is named, and no other.
    func find(_ alerts: [String: Instant]) {
        let now = clock.wall
        let records = alerts.sorted { $0.key < $1.key }.map { fingerprint, since in
            AlertRecord(
                fingerprint: fingerprint, name: "Slow", labels: Self.labels(fingerprint),
                state: .firing, value: 3, active: since, fired: since, evaluated: now)
        }
        let rule = RuleRecord(
            group: "g", file: "f", name: "Slow", expression: "slow > 1", health: .ok)
        mailbox.conclude(AlertReport(alerts: records, rules: [rule]))
    }

    /// Lets time pass second by second, as ticks tell it.
    func pass(_ seconds: Int) async {
        for _ in 0..<seconds {
            clock.advance(by: .seconds(1))
            let now = clock.wall
            mailbox.putAtOnce(.tick)
            await newest.wait { $0.now >= now }
        }
    }

    /// Waits for what the world comes to know.
    func sees(_ condition: @escaping @Sendable (World) -> Bool) async {
        await newest.wait(until: condition)
    }

    func sees(_ fingerprint: String, firing: Bool) async {
        await sees { $0.book[fingerprint]?.isFiring == firing }
    }

    /// Orders what a key would; the words of what came of it.
    @discardableResult
    func order(_ order: AlertOrder, on fingerprint: String = "a") async -> String {
        switch await bookkeeper.carryOut(.order(order, on: [fingerprint])) {
        case .ordered(let outcomes): outcomes.map(\.word).joined(separator: " ")
        case .failed(let words): words
        case .muted, .notMuted: "muted"
        }
    }

    /// Takes it until it is resolved.
    @discardableResult
    func acknowledge(_ fingerprint: String = "a") async -> String {
        await order(.acknowledge(until: nil, note: "", takesOver: false), on: fingerprint)
    }

    /// What the store holds of an alert, a word each.
    func history(_ fingerprint: String = "a") async throws -> [String] {
        try await MemoryStore(place).ledger(fingerprint, limit: .max)?.entries.map(\.word) ?? []
    }

    static func labels(_ fingerprint: String) -> Labels {
        Labels(["alertname": "Slow", "service": "service-\(fingerprint)"])
    }
}

extension LedgerEntry {
    fileprivate var word: String {
        switch deed {
        case .fired: "fired"
        case .resolved: "resolved"
        case .acknowledged: "\(by.user) has it"
        case .unacknowledged: "\(by.user) gave it back"
        case .noted: "noted"
        case .broken(let reason): "broken: \(reason.words)"
        case .notified: "notified"
        }
    }
}
