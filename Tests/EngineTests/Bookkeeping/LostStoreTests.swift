// LostStoreTests: a store that goes away, and clawtops that do: what was confirmed stays true.
import AlertStores
import Events
import TestKit
import Testing
import WorldModel

@testable import Engine

@Suite(.timeLimit(.minutes(5)))
struct LostStoreTests {
    private let place = MemoryStore.Place()
    private let clock = ManualClock()

    private func room(as person: Person = .ana) -> BookRoom { BookRoom(place, clock, as: person) }

    /// Ends the pauses between tries to open the store.
    private func findAgain(_ room: BookRoom) async {
        place.fail(with: nil)
        while room.newest.world.book.problem != nil {
            await room.pass(1)
            await Task.yield()
        }
    }

    @Test func `while the store is away nothing is confirmed, and afterwards it is told the rest`()
        async throws
    {
        let room = room()
        room.find(["a": clock.wall, "b": clock.wall])
        await room.sees("b", firing: true)
        #expect(await room.acknowledge() == "done")
        place.fail(with: StoreError("the disk is gone"))
        room.find(["a": clock.wall, "c": clock.wall])
        await room.sees { $0.book.problem == "the disk is gone" }
        let words = await room.acknowledge("c")
        #expect(words == "the alert store cannot be used: the disk is gone")
        // What was told before stands.
        #expect(room.newest.world.alerts.all.map(\.state).contains(.acknowledged))
        await findAgain(room)
        await room.sees("c", firing: true)
        await room.sees("b", firing: false)
        #expect(try await room.history("a") == ["fired", "ana has it"])
        #expect(try await room.history("b") == ["fired", "resolved"])
        #expect(try await room.history("c") == ["fired"])
        await room.leave()
    }

    @Test func `what was written without an answer stands there once`() async throws {
        let room = room()
        await room.sees { $0.book.isRead }
        place.loseNextAnswer()
        room.find(["a": clock.wall])
        await room.sees { $0.book.problem != nil }
        await findAgain(room)
        await room.sees("a", firing: true)
        #expect(await room.order(.note("x")) == "done")
        place.loseNextAnswer()
        #expect(await room.acknowledge() == "it may have been written: no answer came")
        // The store tells whoever follows it.
        await room.sees { $0.alerts.acknowledged == 1 }
        #expect(try await room.history() == ["fired", "noted", "ana has it"])
        await room.leave()
    }

    @Test func `an alert whose place is taken holds up no other, and that is said once`()
        async throws
    {
        let room = room()
        await room.sees { $0.book.isRead }
        place.refuse("a", with: StoreError("a is no document of ours"))
        room.find(["a": clock.wall, "b": clock.wall])
        await room.sees { !$0.book.remarks.isEmpty }
        await room.sees("b", firing: true)
        #expect(await room.acknowledge("b") == "done")
        #expect(await room.acknowledge() == "nothing was written: a is no document of ours")
        await room.pass(10)
        #expect(room.newest.world.book.remarks == ["a is no document of ours"])
        #expect(room.newest.world.book.problem == nil)
        await room.leave()
    }

    @Test func `that a store begins anew is said as long as the program runs`() async throws {
        let room = room()
        await room.sees { $0.book.isRead }
        place.fail(with: StoreError("it was damaged", losesAll: true))
        room.find(["a": clock.wall])
        await room.sees { $0.book.problem != nil }
        await findAgain(room)
        await room.sees("a", firing: true)
        #expect(room.newest.world.book.remarks == ["it was damaged"])
        await room.leave()
    }

    @Test func `who begins again finds who has what still fires, and tells it no second time`()
        async throws
    {
        let began = clock.wall
        let first = room()
        first.find(["a": began])
        await first.sees("a", firing: true)
        #expect(await first.acknowledge() == "done")
        await first.leave()
        clock.advance(by: .seconds(600))
        let second = room()
        second.find(["a": began])
        await second.sees { $0.alerts.all.map(\.state) == [.acknowledged] }
        await second.pass(60)
        #expect(await second.order(.note("x")) == "done")
        #expect(try await second.history() == ["fired", "ana has it", "noted"])
        await second.leave()
    }

    @Test(arguments: [
        (240, ["fired", "ana has it", "resolved", "fired"], true),
        (360, ["fired", "ana has it", "resolved", "fired"], false),
    ])
    func `the flap window goes on while nobody runs`(
        pause: Int, history: [String], isHeld: Bool
    ) async throws {
        let first = room()
        first.find(["a": clock.wall])
        await first.sees("a", firing: true)
        await first.acknowledge()
        first.find([:])
        await first.sees("a", firing: false)
        await first.leave()
        clock.advance(by: .seconds(pause))
        let second = room()
        second.find(["a": clock.wall])
        await second.sees("a", firing: true)
        #expect(try await second.history() == history)
        let standing = try #require(second.newest.world.book["a"])
        #expect((standing.hold(at: clock.wall) != nil) == isHeld)
        #expect(standing.broken(at: clock.wall)?.reason == (isHeld ? nil : .refired))
        #expect(standing.flaps == (isHeld ? 1 : 0))
        await second.leave()
    }

    @Test func `what ended while nobody ran is over once it is long out of sight`() async throws {
        let first = room()
        first.find(["a": clock.wall])
        await first.sees("a", firing: true)
        await first.leave()
        let second = room()
        second.find([:])
        await second.sees("a", firing: true)
        await second.pass(25)
        #expect(try await second.history() == ["fired"])
        while second.newest.world.book["a"]?.isFiring == true {
            await second.pass(1)
            await Task.yield()
        }
        #expect(try await second.history() == ["fired", "resolved"])
        await second.leave()
    }

    @Test func `what another clawtop still sees is not over`() async throws {
        let (one, other) = (room(), room(as: .bo))
        one.find(["a": clock.wall])
        other.find([:])
        await other.sees("a", firing: true)
        for _ in 0..<60 {
            await one.pass(1)
            await other.pass(1)
        }
        #expect(await one.order(.note("x")) == "done")
        #expect(try await one.history() == ["fired", "noted"])
        await one.leave()
        await other.leave()
    }
}
