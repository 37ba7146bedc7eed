import AlertStores
import Events
import TestKit
import Testing
import WorldModel

@testable import clawtop

struct OtherWatchersTests {
    @Test func `what others in our environment see is known where we do not see it`() async throws {
        let store = MemoryStore()
        for (observer, environment, name) in [
            ("us", "shop", "Old"), ("they", "shop", "Slow"), ("others", "staging", "Down"),
        ] {
            try await store.tell(
                Observation(
                    observer: observer, at: noon, environment: environment,
                    alerts: [sighting(name)]))
        }
        let others = OtherWatchers(except: "us")
        await others.consider(world(firing: []), in: store)
        await others.settled()
        #expect(await others.sightings.isEmpty, "nobody was asked")
        await others.consider(world(firing: ["Slow"]), in: store)
        await others.settled()
        #expect(await others.sightings.keys.sorted() == ["Slow"])
        await others.consider(world(firing: []), in: store)
        #expect(await others.sightings.isEmpty)
    }

    private func world(firing names: [String]) -> World {
        let ledgers = names.map { name in
            let fired = LedgerEntry(id: name, at: noon, by: ada, .fired(value: 1))
            return AlertLedger(
                fingerprint: name, name: name, labels: Labels(["alertname": name]),
                entries: [fired], revision: 1)
        }
        var world = World()
        for event in [
            Event.started(SessionStart(environment: "shop", feeds: [], traceWindow: .zero)),
            .store(.listed(ledgers: ledgers, mutes: [])),
        ] {
            world.apply(Envelope(sequence: 0, at: noon, event: event))
        }
        return world
    }

    private func sighting(_ name: String) -> Observation.Sighting {
        Observation.Sighting(
            fingerprint: name, name: name, labels: Labels(["alertname": name]),
            annotations: Labels(), state: .firing, value: 1, since: noon, evaluated: noon,
            hasNoData: false)
    }
}
