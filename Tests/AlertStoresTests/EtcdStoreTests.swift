// EtcdStoreTests: a store in an etcd that is compacted, killed, emptied, and guarded.
import AlertStores
import Events
import TestKit
import Testing

@Suite(
    .timeLimit(.minutes(5)), .enabled(if: EtcdServer.isWanted, "etcd is not installed"))
struct EtcdStoreTests {
    @Test func `who waits behind a compaction is told what there is`() async throws {
        let server = try await EtcdServer()
        let store = TeamStore(etcd: server)
        let position = try await store.read(since: at(0)).position
        for number in 0..<3 {
            _ = try await store.append([
                write(entry("\(number)", .noted("x"), at: 0), to: "\(number)")
            ])
        }
        try await server.compact(at: try await server.put("elsewhere", "x"))
        let news = try await store.changes(after: position)
        #expect(Set(news.ledgers.map(\.fingerprint)) == ["0", "1", "2"])
        let next = news.position
        async let later = store.changes(after: next)
        _ = try await store.append([write(entry("4", .noted("x"), at: 0), to: "4")])
        #expect(try await later.ledgers.map(\.fingerprint) == ["4"])
        server.kill()
    }

    @Test func `a server that goes is told of, and one that comes back is followed`()
        async throws
    {
        let server = try await EtcdServer()
        let store = TeamStore(etcd: server, deadline: .seconds(2))
        _ = try await store.append([write(entry("1", .noted("x"), at: 0))])
        let position = try await store.read(since: at(0)).position
        let waiting = Task { try await store.changes(after: position) }
        server.kill()
        let error = await #expect(throws: StoreError.self) { try await waiting.value }
        #expect(error?.description.hasPrefix("etcd 127.0.0.1:") == true)
        let refused = await #expect(throws: StoreError.self) {
            try await store.append([write(entry("2", .noted("x"), at: 0))])
        }
        #expect(refused?.isUncertain == false)
        #expect(refused?.description.contains("refused the connection") == true)
        try await server.start()
        _ = try await store.append([write(entry("2", .noted("x"), at: 0))])
        let news = try await store.changes(after: position)
        #expect(news.ledgers.first?.entries.map(\.id) == ["1", "2"])
        server.kill()
    }

    @Test func `a server that begins anew is read anew`() async throws {
        let server = try await EtcdServer()
        let store = TeamStore(etcd: server)
        for number in 0..<3 {
            _ = try await store.append([write(entry("\(number)", .noted("x"), at: 0))])
        }
        let position = try await store.read(since: at(0)).position
        server.forgetAll()
        try await server.start()
        let waiting = Task { try await store.changes(after: position) }
        // A watch of the future is silent; its end makes the store look.
        try await server.put("elsewhere", "x")
        server.kill()
        try await server.start()
        let error = await #expect(throws: StoreError.self) { try await waiting.value }
        #expect(error != nil)
        #expect(try await store.read(since: at(0)).ledgers.isEmpty)
        server.kill()
    }

    @Test func `a user with a password keeps a store, and one without is told so`() async throws {
        let server = try await EtcdServer()
        try await server.post("/v3/auth/user/add", #"{"name":"root","password":"top"}"#)
        try await server.post("/v3/auth/user/grant", #"{"user":"root","role":"root"}"#)
        try await server.post("/v3/auth/enable", "{}")
        let store = TeamStore(etcd: server) { ($0.user, $0.password) = ("root", Secret("top")) }
        #expect(try await store.append([write(entry("1", .noted("x"), at: 0))])[0].isConfirmed)
        #expect(try await store.lead(as: "one", for: .seconds(15)))
        let nobody = TeamStore(etcd: server)
        let error = await #expect(throws: StoreError.self) { try await nobody.read(since: at(0)) }
        #expect(error?.description.contains("set user and password") == true)
        server.kill()
    }
}
