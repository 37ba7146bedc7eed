// DeliveryBook: what receivers were told, until the store knows it: the next leader reads it there.
import AlertStores
import Events
import Notifying

actor DeliveryBook {
    private let person: Person
    private var pending: [LedgerWrite] = []
    private var writing: Task<Void, Never>?

    init(by person: Person) { self.person = person }

    /// Never waits for the store; what it does not take is tried again with what comes next.
    func add(_ deliveries: [Delivery], to store: (any AlertStore)?) {
        pending += deliveries.map { delivery in
            let entry = LedgerEntry(
                id: LedgerEntry.newID(), at: delivery.telling.at, by: person, delivery.deed)
            let alert = delivery.alert
            return LedgerWrite(
                fingerprint: alert.fingerprint, name: alert.name, labels: alert.labels, entry)
        }
        guard writing == nil, !pending.isEmpty, let store else { return }
        writing = Task { await write(to: store) }
    }

    /// Waits for what is being written, and writes what came meanwhile.
    func settled(in store: (any AlertStore)?) async {
        await writing?.value
        guard let store, !pending.isEmpty else { return }
        await write(to: store)
    }

    private func write(to store: any AlertStore) async {
        let writes = pending
        if (try? await store.append(writes)) != nil { pending.removeFirst(writes.count) }
        writing = nil
    }
}
