// AlertClockTests: a wall clock that jumps by an hour takes no alert from whoever has it.
import Events
import TestKit
import Testing
import WorldModel

@testable import Engine

struct AlertClockTests {
    private static let ledger = {
        var ledger = AlertLedger(
            "Down", ["service": "cart"],
            [(1000, .ana, .fires), (1000, .ana, .has(until: 2800, note: "on it"))])
        ledger.fingerprint = "00000000000000d1"
        return ledger
    }()

    private static func alert(at now: Instant) -> AlertRecord {
        AlertRecord(
            fingerprint: ledger.fingerprint, name: "Down", labels: ledger.labels, state: .firing,
            value: 1, active: .second(1000), fired: .second(1000), evaluated: now)
    }

    /// So many seconds after the alert was taken, the wall clock having jumped in the first.
    private func world(after seconds: Int, jump: Duration) -> World {
        var time = SessionTime(wall: .second(1000), elapsed: .zero)
        var world = World()
        world.apply(
            Envelope(
                sequence: 1, at: .second(1000),
                event: .store(.listed(ledgers: [Self.ledger], mutes: []))))
        for second in 1...seconds {
            let now = time.read(
                wall: .second(1000 + second) + jump, elapsed: .seconds(second))
            world.conclude(AlertReport(alerts: [Self.alert(at: now)]))
            world.apply(Envelope(sequence: UInt64(second + 1), at: now, event: .tick))
        }
        return world
    }

    @Test(arguments: [Duration.seconds(3600), .seconds(-3600)])
    func `an alert that somebody has stays theirs, and nothing is to be written`(jump: Duration) {
        // Half an hour is kept to a tenth.
        let world = world(after: 1600, jump: jump)
        let alert = world.alerts[Self.ledger.fingerprint]
        #expect(alert?.state == .acknowledged)
        #expect(world.book[Self.ledger.fingerprint]?.hold(at: world.now)?.by == .ana)
        #expect(world.book.breaks(at: world.now).isEmpty)
    }

    @Test(arguments: [Duration.seconds(3600), .seconds(-3600)])
    func `in the end it expires, and the reason says so`(jump: Duration) {
        let world = world(after: 2000, jump: jump)
        #expect(world.alerts[Self.ledger.fingerprint]?.state == .firing)
        #expect(world.book.breaks(at: world.now).map(\.reason) == [.expired])
        #expect(
            world.book[Self.ledger.fingerprint]?.broken(at: world.now)?.reason.words
                == "ack expired")
    }
}
