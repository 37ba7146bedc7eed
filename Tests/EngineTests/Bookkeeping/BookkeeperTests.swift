// BookkeeperTests: what fires and is over stands in the store, whoever else writes there.
import AlertStores
import Events
import TestKit
import Testing
import WorldModel

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct BookkeeperTests {
    private let place = MemoryStore.Place()
    private let clock = ManualClock()

    private func room(
        as person: Person = .ana, isReadOnly: Bool = false, behind gate: Gate? = nil
    ) -> BookRoom {
        BookRoom(place, clock, as: person, isReadOnly: isReadOnly, behind: gate)
    }

    @Test func `what fires is written, and so is its end`() async throws {
        let room = room()
        room.find(["a": clock.wall])
        await room.sees("a", firing: true)
        await room.pass(3)
        room.find([:])
        await room.sees("a", firing: false)
        #expect(try await room.history() == ["fired", "resolved"])
        let ledger = try await MemoryStore(place).ledger("a", limit: 9)
        #expect(ledger?.entries.map(\.at) == [.second(1000), .second(1003)])
        #expect(ledger?.labels == BookRoom.labels("a"))
        await room.leave()
    }

    @Test func `what is evaluated is told at once, and again with each pulse`() async throws {
        let room = room()
        room.find(["a": clock.wall])
        await room.sees("a", firing: true)
        try await observed(room) { $0.map(\.fingerprint) == ["a"] }
        // For longer than an observation is believed.
        place.pass(.seconds(60))
        try await observed(room) { $0.map(\.fingerprint) == ["a"] }
        room.find([:])
        try await observed(room, \.isEmpty)
        await room.leave()
    }

    /// Waits for what one clawtop alone tells, tick by tick.
    private func observed(
        _ room: BookRoom, _ isMet: ([Observation.Sighting]) -> Bool
    ) async throws {
        for _ in 1...600 {
            let told = try await MemoryStore(place).observations()
            if told.count == 1, isMet(told[0].alerts) { return }
            place.pass(.seconds(1))
            await room.pass(1)
            await Task.yield()
        }
        Issue.record("never told")
    }

    @Test func `of two who see the same alert one writes, and both know`() async throws {
        let (one, other) = (room(), room(as: .bo))
        for room in [one, other] { room.find(["a": clock.wall]) }
        for room in [one, other] { await room.sees("a", firing: true) }
        for room in [one, other] { room.find([:]) }
        for room in [one, other] { await room.sees("a", firing: false) }
        #expect(try await one.history() == ["fired", "resolved"])
        await one.leave()
        await other.leave()
    }

    @Test func `who was too late to write takes what stands there, and goes on from that`()
        async throws
    {
        let gate = Gate()
        let (slow, quick) = (room(behind: gate), room(as: .bo))
        slow.find(["a": clock.wall])
        quick.find(["a": clock.wall])
        await quick.sees("a", firing: true)
        #expect(await quick.acknowledge() == "done")
        gate.open()
        #expect(await slow.acknowledge() == "held")
        #expect(try await slow.history() == ["fired", "bo has it"])
        await slow.sees { $0.alerts.all.first?.state == .acknowledged }
        await slow.leave()
        await quick.leave()
    }

    @Test func `an order is done only once the store has confirmed it`() async throws {
        let gate = Gate()
        let room = room(behind: gate)
        room.find(["a": clock.wall])
        await room.sees { $0.book.isRead && $0.alerts.firing == 1 }
        let order = Task { await room.acknowledge() }
        await room.pass(5)
        #expect(room.newest.world.book["a"] == nil)
        #expect(room.newest.world.alerts.all.map(\.state) == [.firing])
        gate.open()
        #expect(await order.value == "done")
        await room.sees { $0.alerts.all.map(\.state) == [.acknowledged] }
        await room.leave()
    }

    @Test func `an acknowledgement that ran out is written as broken, once`() async throws {
        let (one, other) = (room(), room(as: .bo))
        for room in [one, other] { room.find(["a": clock.wall]) }
        await one.sees("a", firing: true)
        let until = clock.wall + .seconds(10)
        await one.order(.acknowledge(until: until, note: "", takesOver: false))
        await one.pass(11)
        await other.pass(1)
        for room in [one, other] {
            await room.sees { $0.book["a"]?.broken(at: $0.now) != nil }
            await room.order(.note("x"))
        }
        let history = try await one.history().filter { $0 != "noted" }
        #expect(history == ["fired", "ana has it", "broken: ack expired"])
        await one.leave()
        await other.leave()
    }

    @Test func `whoever may only read sees what others do, and writes nothing`() async throws {
        let (reader, writer) = (room(as: .bo, isReadOnly: true), room())
        reader.find(["a": clock.wall, "b": clock.wall])
        writer.find(["a": clock.wall])
        await reader.sees("a", firing: true)
        let words = await reader.acknowledge()
        #expect(words == "nothing was written: the configuration says read_only: true")
        await reader.pass(20)
        await writer.pass(1)
        #expect(await writer.acknowledge() == "done")
        await reader.sees { $0.alerts.acknowledged == 1 }
        #expect(try await reader.history("b") == [])
        #expect(try await reader.history() == ["fired", "ana has it"])
        await writer.leave()
        let observers = try await MemoryStore(place).observations().map(\.observer)
        #expect(!observers.contains("bo@laptop/1"))
        await reader.leave()
    }
}
