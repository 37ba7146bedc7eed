// MemoryStore: an alert store for tests; stores on one place see each other, as files and servers do.
package import AlertStores
package import Events
import Synchronization

package final class MemoryStore: AlertStore {
    /// What files or a server are to other stores; its clock is in the test's hands.
    package final class Place: Sendable {
        fileprivate let state = Mutex(MemoryStoreState())

        package init() {}

        /// Lets time pass, for leaders and observations.
        package func pass(_ duration: Duration) { state.withLock { $0.now += duration } }

        /// Every call fails with this, until it is nil again.
        package func fail(with error: StoreError?) { state.withLock { $0.failure = error } }

        /// The place of an alert is taken by something that is not ours.
        package func refuse(_ fingerprint: String, with error: StoreError) {
            state.withLock { $0.refusals[fingerprint] = error }
        }

        /// What is appended next is written, and who wrote it never hears of it.
        package func loseNextAnswer() { state.withLock { $0.losesAnswer = true } }
    }

    package let address = "memory"
    private let place: Place
    /// Who appends waits for it.
    private let gate: Gate?

    package init(_ place: Place = Place(), behind gate: Gate? = nil) {
        (self.place, self.gate) = (place, gate)
    }

    private func use<Result>(
        _ body: (inout MemoryStoreState) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try place.state.withLock { (state) throws(StoreError) in
            if let failure = state.failure { throw failure }
            return try body(&state)
        }
    }

    package func read(since moment: Instant) async throws(StoreError) -> StoreContents {
        try use { state in
            state.contents { ledger in
                ledger.isFiring || ledger.entries.contains { $0.at >= moment }
            } and: { mute in
                min(mute.until, mute.ended?.at ?? mute.until) >= moment
            }
        }
    }

    package func changes(
        after position: StorePosition
    ) async throws(StoreError) -> StoreContents {
        while !Task.isCancelled {
            let news: StoreContents? = try use { state in
                guard state.position > position.index else { return nil }
                return state.contents {
                    $0.revision > position.index
                } and: {
                    $0.revision > position.index
                }
            }
            if let news { return news }
            await written(after: position)
        }
        return StoreContents(ledgers: [], mutes: [], position: position)
    }

    /// Returns too early rather than too late.
    private func written(after position: StorePosition) async {
        let ticket = place.state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let mustWait = place.state.withLock { state in
                    guard state.position <= position.index, !Task.isCancelled else { return false }
                    state.waiters[ticket] = waiter
                    return true
                }
                if !mustWait { waiter.resume() }
            }
        } onCancel: {
            place.state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
        }
    }

    package func ledger(
        _ fingerprint: String, limit: Int
    ) async throws(StoreError) -> AlertLedger? {
        try use { $0.ledgers[fingerprint]?.limited(to: limit) }
    }

    package func append(_ writes: [LedgerWrite]) async throws(StoreError) -> [LedgerOutcome] {
        await gate?.opened()
        return try use { (state) throws(StoreError) in
            defer { state.wake() }
            let outcomes = writes.map { state.append($0) }
            guard state.losesAnswer else { return outcomes }
            state.losesAnswer = false
            throw StoreError("no answer came", isUncertain: true)
        }
    }

    package func put(_ mute: Mute) async throws(StoreError) -> MuteOutcome {
        try use { state in
            let known = state.mutes[mute.id]
            guard mute.revision == known?.revision ?? 0 else {
                return MuteOutcome(known ?? mute, isConfirmed: known?.isSame(as: mute) ?? false)
            }
            state.position += 1
            var mute = mute
            mute.revision = state.position
            state.mutes[mute.id] = mute
            state.wake()
            return MuteOutcome(mute, isConfirmed: true)
        }
    }

    package func tell(_ observation: Observation) async throws(StoreError) {
        try use { $0.told[observation.observer] = ($0.now, observation) }
    }

    package func renew(_ observer: String) async throws(StoreError) -> Bool {
        try use { state in
            guard let told = state.told[observer], told.at >= state.now - Observation.pulse * 3
            else { return false }
            state.told[observer]?.at = state.now
            return true
        }
    }

    package func withdraw(_ observer: String) async throws(StoreError) {
        try use { $0.told[observer] = nil }
    }

    package func observations() async throws(StoreError) -> [Observation] {
        try use { state in
            let oldest = state.now - Observation.pulse * 3
            return state.told.values.filter { $0.at >= oldest }.map(\.observation)
                .sorted { $0.observer < $1.observer }
        }
    }

    package func lead(
        as candidate: String, for duration: Duration
    ) async throws(StoreError) -> Bool {
        try use { state in
            if let lead = state.lead, lead.candidate != candidate, state.now < lead.until {
                return false
            }
            state.lead = (candidate, state.now + duration)
            return true
        }
    }

    package func resign(_ candidate: String) async throws(StoreError) {
        try use { if $0.lead?.candidate == candidate { $0.lead = nil } }
    }
}
