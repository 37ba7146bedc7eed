import AlertStores
import Events
import TestKit
import Testing

@testable import Notifying
@testable import clawtop

struct DeliveryBookTests {
    @Test func `what is told while the store writes is written before the end`() async throws {
        let (gate, place) = (Gate(), MemoryStore.Place())
        let store = MemoryStore(place, behind: gate)
        let book = DeliveryBook(by: ada)
        await book.add([delivery("Slow")], to: store)
        await book.add([delivery("Down")], to: store)
        async let settled: Void = book.settled(in: store)
        gate.open()
        await settled
        let contents = try await store.read(since: .distantPast)
        #expect(Set(contents.ledgers.map(\.name)) == ["Slow", "Down"])
        #expect(contents.ledgers.allSatisfy { $0.entries.count == 1 })
    }

    private func delivery(_ name: String) -> Delivery {
        let alert = NotifiedAlert(
            fingerprint: name, name: name, labels: Labels(["alertname": name]), since: noon)
        return Delivery(
            alert: alert, receiver: "pager", telling: Telling(at: noon, isResolved: false))
    }
}
