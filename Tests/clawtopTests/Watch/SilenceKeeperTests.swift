// SilenceKeeperTests: mutes of a store as silences of an Alertmanager, away or really there.
import AlertStores
import Engine
import Events
import Feeds
import Foundation
import Network
import Synchronization
import TestKit
import Testing
import WorldModel

@testable import clawtop

/// Who leads, one look at the store after the other.
private final class Leader: Sendable {
    private let store: MemoryStore
    private let keeper: SilenceKeeper
    private let sentences: Saying

    private final class Saying: Sendable { let said = Mutex<[String]>([]) }

    init(_ store: MemoryStore, _ url: String, _ client: any HTTPClient) {
        let sentences = Saying()
        (self.store, self.sentences) = (store, sentences)
        let am = FeedSettings(name: "am", kind: .alertmanager, worlds: [.metrics], url: url)
        keeper = SilenceKeeper(
            [am], client: { _ in client }, resolver: NewestWorld(), jitter: { 1 },
            say: { sentence in sentences.said.withLock { $0.append(sentence) } })
    }

    var said: [String] { sentences.said.withLock { $0 } }

    func look(at now: Instant) async throws {
        let contents = try await store.read(since: now - .seconds(86_400))
        let session = SessionStart(environment: "shop", feeds: [], traceWindow: .zero)
        var world = World()
        for event in [
            Event.started(session), .store(.listed(ledgers: [], mutes: contents.mutes)),
        ] {
            world.apply(Envelope(sequence: 0, at: now, event: event))
        }
        await keeper.consider(world, in: store)
        await keeper.settled()
    }
}

private func mute(at now: Instant) -> Mute {
    Mute(
        id: LedgerEntry.newID(), matchers: [LabelMatcher("service", "cart|pay", isRegex: true)],
        start: now, until: now + .seconds(3600), by: ada, comment: "deploy")
}

struct SilenceKeeperTests {
    @Test func `an Alertmanager that is away is told of once, and holds up nothing`() async throws {
        let store = MemoryStore()
        let shelf = Shelf { _ throws(NetworkError) in throw .unreachable("refused the connection") }
        let leader = Leader(store, "http://am:9093", shelf)
        try await leader.look(at: noon)
        #expect(shelf.requests.isEmpty, "nothing is muted")
        _ = try await store.put(mute(at: noon))
        for second in 0..<5 { try await leader.look(at: noon + .seconds(second)) }
        #expect(shelf.targets == Array(repeating: "/api/v2/silences", count: 3))
        #expect(
            leader.said == [
                "am cannot be told of mutes, and is tried again: "
                    + "am:9093 refused the connection"
            ])
    }
}

@Suite(
    .serialized, .timeLimit(.minutes(3)),
    .enabled(if: AlertmanagerServer.isWanted, Comment(rawValue: AlertmanagerServer.missing)))
struct SilencesOfServerTests {
    private let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))

    private func held(_ server: AlertmanagerServer) throws -> [String] {
        try server.amtool(["silence", "query", "--quiet"])
            .split(separator: "\n").map(String.init)
    }

    @Test func `a mute is one silence there, whoever leads, until it is ended`() async throws {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        let foreign = try server.amtool([
            "silence", "add", "--author=bob", "--comment=later", "service=cart",
        ])
        let place = MemoryStore.Place()
        let store = MemoryStore(place)
        var mute = try await store.put(mute(at: now)).mute
        let first = Leader(store, server.url, server.client)
        try await first.look(at: now)
        let made = try held(server).filter { $0 != foreign }
        #expect(made.count == 1)

        // A restart, another leader, and the first one again.
        let second = Leader(MemoryStore(place), server.url, server.client)
        try await second.look(at: now + .seconds(1))
        try await first.look(at: now + .seconds(16))
        #expect(Set(try held(server)) == Set(made + [foreign]))

        mute.ended = Mute.Ending(at: now, by: ada)
        #expect(try await store.put(mute).isConfirmed)
        try await second.look(at: now + .seconds(17))
        #expect(try held(server) == [foreign])
        #expect(first.said + second.said == [])
    }

    @Test func `a silence that is ended there ends the mute, and none is made anew`() async throws {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        let store = MemoryStore()
        _ = try await store.put(mute(at: now))
        let leader = Leader(store, server.url, server.client)
        try await leader.look(at: now)
        let made = try held(server)
        #expect(made.count == 1)
        _ = try server.amtool(["silence", "expire"] + made)
        try await leader.look(at: now + .seconds(1))
        #expect(try await store.read(since: .distantPast).mutes.first?.ended == nil, "no pulse yet")
        try await leader.look(at: now + .seconds(16))
        let ended = try await store.read(since: .distantPast).mutes.first?.ended
        #expect(ended?.by.user == "am/metrics")
        try await leader.look(at: now + .seconds(32))
        #expect(try held(server) == [])
        #expect(leader.said == [])
    }
}
