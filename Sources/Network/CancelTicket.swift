// CancelTicket: cancels a request from any thread, also one that has not quite started.
import Synchronization

/// What is needed to call off one request; cancelling what is over does nothing.
final class CancelTicket: Sendable {
    private enum State {
        case waiting
        case cancelledBeforeStart
        case started(UInt64)
    }

    private let client: CurlClient
    private let state = Mutex(State.waiting)

    init(on client: CurlClient) {
        self.client = client
    }

    /// A task may be cancelled before its request has an id: then it is called off here.
    func started(_ id: UInt64) {
        let isCancelled = state.withLock { state in
            defer { state = .started(id) }
            if case .cancelledBeforeStart = state { return true }
            return false
        }
        if isCancelled { client.cancel(id) }
    }

    func cancel() {
        if let id = idToCancel() { client.cancel(id) }
    }

    /// Brings back the piece that was not taken.
    func resume() {
        if case .started(let id) = state.withLock({ $0 }) { client.resume(id) }
    }

    private func idToCancel() -> UInt64? {
        state.withLock { state in
            if case .started(let id) = state { return id }
            state = .cancelledBeforeStart
            return nil
        }
    }
}
