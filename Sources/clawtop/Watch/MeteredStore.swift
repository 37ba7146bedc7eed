// MeteredStore: an alert store whose answers are counted and timed.
import AlertStores
import Engine
import Events
import Synchronization

/// What was written to the store since the program began.
struct StoreMeter: Sendable, Equatable {
    var writes = 0
    var errors = 0
    var writing = Duration.zero
}

final class MeteredStore: AlertStore {
    private let store: any AlertStore
    private let meter: @Sendable ((inout StoreMeter) -> Void) -> Void
    private let clock = SystemClock()

    init(
        _ store: any AlertStore,
        meter: @escaping @Sendable ((inout StoreMeter) -> Void) -> Void
    ) {
        (self.store, self.meter) = (store, meter)
    }

    var address: String { store.address }

    func read(since moment: Instant) async throws(StoreError) -> StoreContents {
        try await counted { () async throws(StoreError) in try await store.read(since: moment) }
    }

    func changes(after position: StorePosition) async throws(StoreError) -> StoreContents {
        try await counted { () async throws(StoreError) in
            try await store.changes(after: position)
        }
    }

    func ledger(_ fingerprint: String, limit: Int) async throws(StoreError) -> AlertLedger? {
        try await counted { () async throws(StoreError) in
            try await store.ledger(fingerprint, limit: limit)
        }
    }

    func append(_ writes: [LedgerWrite]) async throws(StoreError) -> [LedgerOutcome] {
        try await counted(writes: 1) { () async throws(StoreError) in
            try await store.append(writes)
        }
    }

    func put(_ mute: Mute) async throws(StoreError) -> MuteOutcome {
        try await counted(writes: 1) { () async throws(StoreError) in try await store.put(mute) }
    }

    func tell(_ observation: Observation) async throws(StoreError) {
        try await counted(writes: 1) { () async throws(StoreError) in
            try await store.tell(observation)
        }
    }

    func renew(_ observer: String) async throws(StoreError) -> Bool {
        try await counted(writes: 1) { () async throws(StoreError) in
            try await store.renew(observer)
        }
    }

    func withdraw(_ observer: String) async throws(StoreError) {
        try await counted(writes: 1) { () async throws(StoreError) in
            try await store.withdraw(observer)
        }
    }

    func observations() async throws(StoreError) -> [Observation] {
        try await counted { () async throws(StoreError) in try await store.observations() }
    }

    func lead(as candidate: String, for duration: Duration) async throws(StoreError) -> Bool {
        try await counted(writes: 1) { () async throws(StoreError) in
            try await store.lead(as: candidate, for: duration)
        }
    }

    func resign(_ candidate: String) async throws(StoreError) {
        try await counted(writes: 1) { () async throws(StoreError) in
            try await store.resign(candidate)
        }
    }

    private func counted<Answer>(
        writes: Int = 0, _ ask: () async throws(StoreError) -> Answer
    ) async throws(StoreError) -> Answer {
        let began = clock.elapsed
        do throws(StoreError) {
            let answer = try await ask()
            let took = clock.elapsed - began
            if writes > 0 {
                meter {
                    $0.writes += writes
                    $0.writing += took
                }
            }
            return answer
        } catch {
            meter { $0.errors += 1 }
            throw error
        }
    }
}
