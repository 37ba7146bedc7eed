// TransitionsTests: what is written of alerts that fire and are resolved.
import AlertStores
import Events
import TestKit
import Testing
import WorldModel

@testable import Engine

struct TransitionsTests {
    /// What is written of an alert that fired at second 0, was resolved at 100, and fires again.
    private func written(at second: Int) -> [LedgerEntry.Deed] {
        let ledger = AlertLedger("Slow", [:], [(0, .ana, .fires), (100, .ana, .resolved)])
        var world = world(
            watching: [], [(second, .store(.listed(ledgers: [ledger], mutes: [])))])
        world.conclude(
            AlertReport(alerts: [
                AlertRecord(
                    fingerprint: ledger.fingerprint, name: "Slow", labels: ledger.labels,
                    state: .firing, value: 1, active: .second(second), fired: .second(second),
                    evaluated: .second(second))
            ]))
        var transitions = Transitions(by: .ana)
        return transitions.take(world, newer: [:]).map(\.entry.deed)
    }

    @Test func `what flaps is written with when that began`() {
        #expect(
            written(at: 150) == [.fired(value: 1, environment: "production", since: .second(0))])
        #expect(written(at: 500) == [.fired(value: 1, environment: "production")])
    }
}
