// CurlStreamedBody: an answer that is read while it comes, with little of it in memory.
import CCurl
import Synchronization

/// What libcurl's thread leaves for the reader.
final class CurlStreamedBody: CurlListener {
    struct Head: Sendable {
        var status: Int
        var headers: HTTPHeaders
    }

    /// Somebody who waits for something to be there.
    private typealias Waiter = (
        isThere: @Sendable (borrowing State) -> Bool, continuation: CheckedContinuation<Void, Never>
    )

    private struct State {
        var head: Head?
        var bytes: [UInt8] = []
        var isFull = false
        var ending: Result<Void, NetworkError>?
        var waiters: [Waiter] = []
    }

    static let takesPieces = true
    /// A reader that is slower than the server holds it back at about so many bytes.
    private static let room = 256 << 10

    private let request: HTTPRequest
    private let state = Mutex(State())

    init(of request: HTTPRequest) {
        self.request = request
    }

    func began(status: Int, headers: HTTPHeaders) {
        change {
            $0.head = Head(status: status, headers: headers)
            return true
        }
    }

    func took(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
        change { state in
            state.isFull = state.bytes.count >= Self.room
            if !state.isFull { state.bytes.append(contentsOf: piece) }
            return !state.isFull
        }
    }

    func finished(_ result: claw_http_result) {
        let error = NetworkError(result, of: request)
        change {
            $0.ending = error.map(Result.failure) ?? .success(())
            return true
        }
    }

    /// The head, or why there will be none.
    func head() async -> Result<Head, NetworkError> {
        await wait { $0.head != nil || $0.ending != nil }
        return state.withLock { state in
            if let head = state.head { return .success(head) }
            let ending = state.ending ?? .success(())
            return ending.flatMap { .failure(.cutShort("it sent no head")) }
        }
    }

    /// All that came since the last time; nil at the end.
    ///
    /// `wasFull` says that the client waits to be resumed.
    func take() async -> (bytes: Result<[UInt8]?, NetworkError>, wasFull: Bool) {
        await wait { !$0.bytes.isEmpty || $0.ending != nil }
        return state.withLock { state in
            guard state.bytes.isEmpty else {
                defer { (state.bytes, state.isFull) = ([], false) }
                return (.success(state.bytes), state.isFull)
            }
            let ending = state.ending ?? .success(())
            return (ending.map { nil }, false)
        }
    }

    /// Looks under the lock before it waits, so that no change is missed.
    private func wait(until isThere: @escaping @Sendable (borrowing State) -> Bool) async {
        await withCheckedContinuation { waiter in
            let isThereAlready = state.withLock { state in
                let found = isThere(state)
                if !found { state.waiters.append((isThere, waiter)) }
                return found
            }
            if isThereAlready { waiter.resume() }
        }
    }

    /// Changes the state, then wakes those who waited for it: never under the lock.
    @discardableResult
    private func change(_ body: (inout State) -> Bool) -> Bool {
        let (value, woken) = state.withLock { state in
            let value = body(&state)
            let waiters = state.waiters
            state.waiters = []
            for waiter in waiters where !waiter.isThere(state) { state.waiters.append(waiter) }
            return (value, waiters.filter { $0.isThere(state) })
        }
        for waiter in woken { waiter.continuation.resume() }
        return value
    }
}
