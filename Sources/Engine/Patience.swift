// Patience: waits for something, but not for ever.
import Synchronization

extension SessionClock {
    /// Returns once `work` has, or after `limit`; then `work` is cancelled but not waited for.
    func wait(atMost limit: Duration, for work: @escaping @Sendable () async -> Void) async {
        let first = First()
        let worker = Task {
            await work()
            first.arrive()
        }
        let timer = Task {
            try? await sleep(for: limit)
            first.arrive()
        }
        await withTaskCancellationHandler {
            await first.arrived()
        } onCancel: {
            first.arrive()
        }
        worker.cancel()
        timer.cancel()
    }
}

/// Lets one go on as soon as any of several has arrived.
private final class First: Sendable {
    private enum State {
        case nobody
        case awaited(CheckedContinuation<Void, Never>)
        case arrived
    }

    private let state = Mutex(State.nobody)

    func arrive() {
        let state = state.withLock { state in
            defer { state = .arrived }
            return state
        }
        if case .awaited(let waiter) = state { waiter.resume() }
    }

    func arrived() async {
        await withCheckedContinuation { waiter in
            let isHere = state.withLock { state in
                if case .arrived = state { return true }
                state = .awaited(waiter)
                return false
            }
            if isHere { waiter.resume() }
        }
    }
}
