import Events
import TestKit
import Testing

@testable import WorldModel

struct SagaTests {
    @Test func `a saga whose undo fails three times is stuck, in its own words`() throws {
        let world = world([
            (1, .saga("7f3a", .running, "Active", started: 1)),
            (2, .step("7f3a", "create", .do, at: 2)),
            (3, .step("7f3a", "pay", .do, at: 3)),
            (4, .saga("7f3a", .compensating, "Cancelling", started: 1, ending: 4)),
            (5, .step("7f3a", "pay", .undo, at: 5, error: "409 balance locked")),
            (6, .step("7f3a", "pay", .undo, at: 6, error: "409 balance locked")),
            (7, .step("7f3a", "pay", .undo, at: 7, error: "409 balance locked")),
        ])
        let saga = try #require(world.sagas.all.first)
        #expect(saga.stuck == "undo pay: 3 tries, 409 balance locked")
        #expect(saga.saga.state == .compensating)
        #expect(world.health == .critical)
        #expect(world.sagas.steps(of: saga.saga).map(\.name) == ["create", "pay"])
        #expect(world.sagas.through("payment").map(\.saga.id) == ["7f3a"])
    }

    @Test func `an undo that worked at last is not stuck`() {
        let world = world([
            (1, .saga("7f3a", .compensating, "Cancelling", started: 1, ending: 1)),
            (2, .step("7f3a", "pay", .undo, at: 2, error: "locked")),
            (3, .step("7f3a", "pay", .undo, at: 3, error: "locked")),
            (4, .step("7f3a", "pay", .undo, at: 4, error: "locked")),
            (5, .step("7f3a", "pay", .undo, at: 5)),
        ])
        #expect(world.sagas.stuckCount == 0)
    }

    @Test func `a saga that ends for longer than two recovery periods is stuck`() {
        let events: [(second: Int, event: Event)] = [
            (1, .saga("7f3a", .compensating, "Cancelling", started: 1, ending: 1))
        ]
        #expect(world(events + [(200, .tick)]).sagas.stuckCount == 0)
        #expect(world(events + [(300, .tick)]).sagas.stuckCount == 1)
    }

    @Test func `none gets stuck by time while its engine is away`() {
        let events: [(second: Int, event: Event)] = [
            (1, .saga("7f3a", .compensating, "Cancelling", started: 1, ending: 1)),
            (200, .lost("lra/sagas", "refused")), (300, .tick),
        ]
        #expect(world(events).sagas.stuckCount == 0)
        let answered = events + [(301, .answered("lra/sagas")), (302, .tick)]
        #expect(world(answered).sagas.stuckCount == 1)
        let stuck = [events[0], (300, .tick), (301, .lost("lra/sagas", "refused")), (400, .tick)]
        #expect(world(stuck).sagas.all.map(\.stuck) == ["cancelling for 4m, no end in sight"])
    }

    @Test func `an ended saga is remembered for a while, and then forgotten`() {
        let events: [(second: Int, event: Event)] = [
            (1, .saga("7f3a", .running, "Active", started: 1)),
            (9, .saga("7f3a", .ended, "Closing", started: 1)),
        ]
        #expect(world(events + [(60, .tick)]).sagas.counts[.ended] == 1)
        #expect(world(events + [(4000, .tick)]).sagas.all.isEmpty)
    }
}

extension Event {
    fileprivate static func saga(
        _ id: String, _ state: SagaState, _ word: String, started: Int, ending: Int? = nil
    ) -> Event {
        .sagas(
            "lra/sagas",
            .changed([
                Saga(
                    id: id, name: "order-saga", state: state, engineState: word,
                    started: .second(started), ending: ending.map(Instant.second))
            ]))
    }

    fileprivate static func step(
        _ saga: String, _ step: String, _ action: SagaMark.Action, at second: Int,
        error: String? = nil
    ) -> Event {
        let mark = SagaMark(saga: saga, step: step, action: action, error: error)
        let span = SpanRecord(
            id: UInt64(second), service: "payment", operation: "charge", kind: .server,
            start: .second(second), durationMicroseconds: 10, isError: error != nil, saga: mark)
        return .traces("zipkin/traces", .observed([span], replaced: []))
    }
}
