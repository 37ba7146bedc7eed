// TeamStoreTests: what is peculiar to stores that a team shares: foreign documents, lost answers.
import AlertStores
import Events
import Fleet
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct TeamStoreTests {
    @Test(arguments: [
        "", "null", "{", "[\(String(repeating: "[", count: 100_000))", #"{"clawtop":1}"#,
        #"{"clawtop":2,"content":{}}"#, #"{"clawtop":1,"content":{"fingerprint":"b"}}"#,
        #"{"fingerprint":"a","name":"x","labels":{},"entries":[],"revision":0}"#, "\u{0}\u{FF}",
        """
        {"clawtop":1,"content":{"fingerprint":"a","name":"x","labels":{},"revision":0,"entries":\
        [{"id":"1","at":-9223372036854775808,"by":{"user":"a","host":""},\
        "deed":{"resolved":{}}}]}}
        """,
        #"{"clawtop":1,"content":{"fingerprint":"b","name":"x","labels":{},"entries":[],"revision":0}}"#,
    ])
    func `a document that is not ours hides no other and is not overwritten`(
        text: String
    ) async throws {
        try await onConsul { registry, url in
            let store = TeamStore(consul: url)
            await registry.put("clawtop/book/alerts/a", text)
            await registry.put("clawtop/book/mutes/m", text)
            await registry.put("clawtop/observers/o", text)
            let position = try await store.read(since: at(0)).position
            let outcomes = try await store.append([
                write(entry("1", .resolved, at: 0), to: "a"),
                write(entry("2", .resolved, at: 0), to: "b"),
            ])
            #expect(outcomes.map(\.isConfirmed) == [false, true])
            guard case .refused(let error) = outcomes[0] else {
                Issue.record("it was not refused")
                return
            }
            #expect(error.description.contains("clawtop/book/alerts/a"))
            #expect(error.description.contains("deleted by hand"))
            await #expect(throws: StoreError.self) { try await store.put(mute("m")) }
            let contents = try await store.read(since: at(0))
            #expect(contents.ledgers.map(\.fingerprint) == ["b"])
            #expect(contents.mutes.isEmpty)
            #expect(contents.remarks.count == 2)
            #expect(contents.remarks.contains(error.description))
            #expect(try await store.observations().isEmpty)
            #expect(try await store.changes(after: position).ledgers.map(\.fingerprint) == ["b"])
            #expect(await registry.text(of: "clawtop/book/alerts/a") == text)
        }
    }

    @Test func `what no calendar has is not written, and leaves readable what stands there`()
        async throws
    {
        try await onConsul { _, url in
            let store = TeamStore(consul: url)
            let endless = Acknowledgement(until: at(9_999_999_999_999))
            let outcomes = try await store.append([
                write(entry("1", .fired(value: 1), at: 0)),
                write(entry("2", .acknowledged(endless), at: 1)),
                write(entry("3", .acknowledged(endless), at: 1), to: "other"),
            ])
            #expect(outcomes.map(\.isConfirmed) == [true, false, false])
            guard case .refused(let error) = outcomes[1] else {
                Issue.record("it was not refused")
                return
            }
            #expect(error.description.hasSuffix("names a moment that no calendar has"))
            await #expect(throws: error) {
                try await store.put(mute("m", to: 9_999_999_999_999))
            }
            let contents = try await store.read(since: at(0))
            #expect(contents.ledgers.map { $0.entries.map(\.id) } == [["1"]])
            #expect(contents.mutes.isEmpty && contents.remarks.isEmpty)
        }
    }

    @Test(arguments: [Interference.losesAnswer, .losesQuestion])
    func `where no answer comes it is looked up, and written once`(
        interference: Interference
    ) async throws {
        try await onConsul { _, url in
            let client = Disturbed(CurlClient(), interference, calls: 1)
            let store = TeamStore(consul: url, client: client)
            let outcomes = try await store.append([
                write(entry("1", .fired(value: 1), at: 0), expected: 0),
                write(entry("2", .fired(value: 1), at: 0), to: "other", expected: 0),
            ])
            #expect(outcomes.map(\.isConfirmed) == [true, true])
            #expect(outcomes.map(\.ledger.entries.count) == [1, 1])
            client.disturb(calls: 1)
            let confirmed = try await store.put(mute("m")).isConfirmed
            #expect(confirmed)
        }
    }

    @Test func `who never hears whether it was written says so`() async throws {
        try await onConsul { _, url in
            let client = Disturbed(CurlClient(), .losesQuestion, calls: 9)
            let store = TeamStore(consul: url, client: client)
            let error = await #expect(throws: StoreError.self) {
                try await store.append([write(entry("1", .fired(value: 1), at: 0), expected: 0)])
            }
            #expect(error?.isUncertain == true)
            #expect(error?.description.contains("did not answer within") == true)
        }
    }

    @Test func `of a server that hangs nobody knows whether it wrote`() async throws {
        let server = try LoopbackServer(.hang)
        let store = TeamStore(consul: server.url, deadline: .milliseconds(50))
        let error = await #expect(throws: StoreError.self) {
            try await store.append([write(entry("1", .noted("x"), at: 0), expected: 0)])
        }
        #expect(error?.isUncertain == true)
        #expect(error?.description.hasSuffix("did not answer within 50 ms") == true)
        let reading = await #expect(throws: StoreError.self) { try await store.read(since: at(0)) }
        #expect(reading?.isUncertain == false)
    }

    @Test func `who is refused, or finds nobody, is told so and how to mend it`() async throws {
        let registry = Registry(token: "right")
        let server = try HTTPServer { await registry.answer($0) }
        let store = TeamStore(consul: server.url)
        let reading = await #expect(throws: StoreError.self) { try await store.read(since: at(0)) }
        let writing = await #expect(throws: StoreError.self) {
            try await store.append([write(entry("1", .resolved, at: 0), expected: 0)])
        }
        for error in [reading, writing] {
            #expect(error?.description.contains("give us a token") == true)
            #expect(error?.isUncertain == false)
        }
        let other = TeamStore(consul: server.url) { $0.token = Secret("right") }
        #expect(try await other.read(since: at(0)).ledgers.isEmpty)
        await server.stop()
        let gone = await #expect(throws: StoreError.self) { try await store.read(since: at(0)) }
        #expect(gone?.description.hasPrefix("consul 127.0.0.1:") == true)
        #expect(gone?.description.hasSuffix("refused the connection") == true)
    }

    @Test func `of many entries only those that came too late are refused`() async throws {
        try await onConsul { _, url in
            let store = TeamStore(consul: url)
            let names = (0..<150).map { "alert \($0)" }
            let late = ["alert 7", "alert 80"]
            _ = try await store.append(
                late.map { write(entry("first", .fired(value: 1), at: 0), to: $0) })
            let outcomes = try await store.append(
                names.map { write(entry("of \($0)", .noted("x"), at: 1), to: $0, expected: 0) })
            #expect(outcomes.map(\.ledger.fingerprint) == names)
            let refused = outcomes.filter { !$0.isConfirmed }.map(\.ledger.fingerprint)
            #expect(refused == late)
        }
    }

    @Test(arguments: StoreKind.team)
    func `of two who write at once none loses an entry, and who came second knows`(
        kind: StoreKind
    ) async throws {
        try await kind.use { place in
            let conflicts = try await withThrowingTaskGroup(of: Int.self) { group in
                for name in ["ada", "bob"] {
                    let store = try await place.open()
                    group.addTask { try await insist(name, on: store) }
                }
                return try await group.reduce(0, +)
            }
            let ledger = try await place.open().ledger("00000000000000aa", limit: 200)
            let ids = Set((0..<40).flatMap { ["ada \($0)", "bob \($0)"] })
            #expect(Set(ledger?.entries.map(\.id) ?? []) == ids)
            #expect(ledger?.entries.count == 80)
            #expect(conflicts > 0)
        }
    }
}

/// Writes forty entries, each after the last state that it has seen; how often it was too late.
private func insist(_ name: String, on store: any AlertStore) async throws -> Int {
    var (revision, conflicts) = (UInt64(0), 0)
    for number in 0..<40 {
        let entry = entry("\(name) \(number)", .noted("x"), at: Int64(number))
        while true {
            let outcome = try await store.append([write(entry, expected: revision)])[0]
            revision = outcome.ledger.revision
            if outcome.isConfirmed { break }
            conflicts += 1
        }
    }
    return conflicts
}
