// AbandonedAlertTests: what fires by the store's account only, and when that is over.
import AlertStores
import Events
import TestKit
import Testing
import WorldModel

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct AbandonedAlertTests {
    private let place = MemoryStore.Place()
    private let clock = ManualClock()

    /// A clawtop that finds nothing, and has looked for a while.
    private func watcher() async -> BookRoom {
        let room = BookRoom(place, clock)
        room.find([:])
        await room.sees { $0.book.isRead && !$0.alerts.rules.isEmpty }
        await look(room, for: 60)
        return room
    }

    /// Has it decide of each second what is over.
    private func look(_ room: BookRoom, for seconds: Int) async {
        for _ in 0..<seconds {
            await room.pass(1)
            await room.order(.unacknowledge)
        }
    }

    /// Somebody writes that it fires, and has not yet told that it sees it.
    private func fires(
        _ room: BookRoom, by feeds: [String]? = [FeedSource.usual[0].reference]
    ) async throws {
        _ = try await MemoryStore(place).append([
            LedgerWrite(
                fingerprint: "a", name: "Slow", labels: BookRoom.labels("a"),
                LedgerEntry(
                    id: "fired", at: clock.wall, by: .bo, .fired(value: 1, environment: "shop"),
                    feeds: feeds))
        ])
        await room.sees("a", firing: true)
    }

    @Test func `what another clawtop finds is not over before that one could tell of it`()
        async throws
    {
        let room = await watcher()
        try await fires(room)
        await look(room, for: 25)
        #expect(try await room.history() == ["fired"])
        await look(room, for: 10)
        #expect(try await room.history() == ["fired", "resolved"])
        await room.leave()
    }

    @Test(arguments: [
        [FeedSource.usual[2].reference], FeedSource.usual.prefix(2).map(\.reference), nil,
    ])
    func `what was seen by a source that we do not watch is not over`(
        feeds: [String]?
    ) async throws {
        let room = await watcher()
        try await fires(room, by: feeds)
        await look(room, for: 60)
        #expect(try await room.history() == ["fired"])
        await room.leave()
    }

    @Test func `of two who watch different sources none ends what the other one left`()
        async throws
    {
        let room = await watcher()
        let other = BookRoom(place, clock, as: .bo, watching: FeedSource.usual[2])
        other.find(["a": clock.wall])
        await other.sees("a", firing: true)
        await other.leave()
        await look(room, for: 60)
        #expect(try await room.history() == ["fired"])
        let again = BookRoom(place, clock, as: .bo, watching: FeedSource.usual[2])
        again.find([:])
        await again.sees("a", firing: true)
        await look(again, for: 40)
        #expect(try await room.history() == ["fired", "resolved"])
        await again.leave()
        await room.leave()
    }

    @Test func `while a clawtop sees more than it can tell, nothing is over`() async throws {
        let room = await watcher()
        try await MemoryStore(place).tell(
            Observation(
                observer: "bo@laptop/1", at: clock.wall, environment: "shop", alerts: [],
                unsaid: 1))
        try await fires(room)
        await look(room, for: 60)
        #expect(try await room.history() == ["fired"])
        try await MemoryStore(place).withdraw("bo@laptop/1")
        await look(room, for: 1)
        #expect(try await room.history() == ["fired", "resolved"])
        await room.leave()
    }
}
