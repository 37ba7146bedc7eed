// NewestWorld: the newest snapshot, for whoever wants to look or wait.
import Synchronization
package import WorldModel

/// Looking never waits for the loop, nor the loop for whoever looks.
package final class NewestWorld: Sendable {
    private typealias Waiter = (
        isMet: @Sendable (World) -> Bool, continuation: CheckedContinuation<Void, Never>
    )

    private struct State {
        var world = World()
        var isOver = false
        var waiters: [UInt64: Waiter] = [:]
        var lastID: UInt64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var world: World { state.withLock { $0.world } }

    /// Waits for a world that meets `condition`; ends early when cancelled, or when none will come.
    package func wait(until condition: @escaping @Sendable (World) -> Bool) async {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isMet = state.withLock { state in
                    let isMet = state.isOver || Task.isCancelled || condition(state.world)
                    if !isMet { state.waiters[id] = (condition, continuation) }
                    return isMet
                }
                if isMet { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: id) }
            waiter?.continuation.resume()
        }
    }

    func publish(_ world: World) {
        // The one that it replaces is let go after the lock: that may take a while.
        var other = world
        wake { swap(&$0.world, &other) }
    }

    /// No other world will come.
    func end() {
        wake { $0.isOver = true }
    }

    private func wake(_ change: (inout State) -> Void) {
        let woken = state.withLock { state in
            change(&state)
            let met = state.waiters.filter { state.isOver || $0.value.isMet(state.world) }
            for id in met.keys { state.waiters[id] = nil }
            return Array(met.values)
        }
        for waiter in woken { waiter.continuation.resume() }
    }
}
