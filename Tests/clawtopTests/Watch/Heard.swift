// Heard: what other programs say, in order, for a test that waits for it.
import Synchronization

final class Heard<Element: Sendable>: Sendable {
    private typealias Waiter = (
        isMet: @Sendable ([Element]) -> Bool, continuation: CheckedContinuation<Void, Never>
    )

    private struct State {
        var all: [Element] = []
        var isOver = false
        var waiters: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    var all: [Element] { state.withLock { $0.all } }

    func hear(_ element: Element) { change { $0.all.append(element) } }

    /// Nothing more will be heard: whoever waits is let go.
    func end() { change { $0.isOver = true } }

    private func change(_ change: (inout State) -> Void) {
        let woken = state.withLock { state in
            change(&state)
            let met = state.waiters.filter { state.isOver || $0.value.isMet(state.all) }
            for id in met.keys { state.waiters[id] = nil }
            return Array(met.values)
        }
        for waiter in woken { waiter.continuation.resume() }
    }

    /// Waits for a state of things; false where it never comes, or the test is over.
    @discardableResult
    func wait(until isMet: @escaping @Sendable ([Element]) -> Bool) async -> Bool {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    guard !isMet(state.all), !state.isOver, !Task.isCancelled else { return false }
                    state.waiters[id] = (isMet, continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.continuation.resume()
        }
        return isMet(all)
    }
}
