// Leadership: of several `clawtop watch` on one store, one leads: it notifies.
import AlertStores
import Engine
import Synchronization

/// A store that cannot be asked for two terms elects nobody, and then each of them leads: better to
/// be told twice than not at all.
final class Leadership: Sendable {
    /// Held so long after the last success; asked for three times as often.
    static let term = Duration.seconds(15)

    private struct State {
        var store: (any AlertStore)?
        /// When the election was asked for that we won.
        var won: Duration?
        /// Since when the store cannot be asked.
        var lost: Duration?
    }

    private let candidate: String
    private let open: @Sendable () async throws(StoreError) -> any AlertStore
    private let clock: any EngineClock
    private let state = Mutex(State())

    init(
        _ candidate: String, clock: any EngineClock = SystemClock(),
        open: @escaping @Sendable () async throws(StoreError) -> any AlertStore
    ) {
        (self.candidate, self.clock, self.open) = (candidate, clock, open)
    }

    var isLeading: Bool {
        let now = clock.elapsed
        return state.withLock { state in
            if let lost = state.lost, now - lost > Self.term * 2 { return true }
            // A moment before another one may.
            return state.won.map { now - $0 < Self.term - .seconds(1) } ?? false
        }
    }

    /// The store, while it can be used.
    var store: (any AlertStore)? { state.withLock { $0.store } }

    /// Stands for election until cancelled.
    func run() async {
        while !Task.isCancelled {
            await stand()
            try? await clock.sleep(for: Self.term / 3)
        }
    }

    /// One election.
    func stand() async {
        do throws(StoreError) {
            let known = store
            let store = if let known { known } else { try await open() }
            let asked = clock.elapsed
            let isWon = try await store.lead(as: candidate, for: Self.term)
            state.withLock { $0 = State(store: store, won: isWon ? asked : nil) }
        } catch {
            // Who ends asks no more, and that is not the store's fault: it leads until it resigns.
            guard !Task.isCancelled else { return }
            let now = clock.elapsed
            state.withLock { state in
                state.store = nil
                state.lost = state.lost ?? now
            }
        }
    }

    /// Lets another one lead.
    func resign() async {
        let store = state.withLock { state in
            defer { (state.won, state.lost) = (nil, nil) }
            return state.won == nil ? nil : state.store
        }
        try? await store?.resign(candidate)
    }
}
