// Bell: ends pauses early when somebody asks for a refresh.
import Synchronization

final class Bell: Sendable {
    private let pauses = Mutex<[UInt64: Task<Void, any Error>]>([:])
    private let lastID = Atomic<UInt64>(0)

    /// Waits for `duration` or the bell, whichever is first; throws when cancelled.
    func pause(for duration: Duration, on clock: SessionClock) async throws {
        guard duration > .zero else { return try Task.checkCancellation() }
        let id = lastID.add(1, ordering: .relaxed).newValue
        let sleeper = Task { try await clock.sleep(for: duration) }
        pauses.withLock { $0[id] = sleeper }
        await withTaskCancellationHandler {
            _ = await sleeper.result
        } onCancel: {
            sleeper.cancel()
        }
        pauses.withLock { $0[id] = nil }
        try Task.checkCancellation()
    }

    func ring() {
        for sleeper in pauses.withLock({ Array($0.values) }) { sleeper.cancel() }
    }
}
