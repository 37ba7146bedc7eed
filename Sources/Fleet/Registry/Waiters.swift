// Waiters: who waits for a change, and for which.

/// Tasks that wait until a condition on `State` holds; each is woken once.
struct Waiters<State> {
    private struct Waiter {
        var continuation: CheckedContinuation<Void, Never>
        var condition: (State) -> Bool
    }

    private var waiting: [Int: Waiter] = [:]
    private var lastID = 0

    var count: Int { waiting.count }

    mutating func nextID() -> Int {
        lastID += 1
        return lastID
    }

    mutating func add(
        _ id: Int, _ continuation: CheckedContinuation<Void, Never>,
        until condition: @escaping (State) -> Bool
    ) {
        waiting[id] = Waiter(continuation: continuation, condition: condition)
    }

    /// Wakes one whatever its condition; it may be awake already.
    mutating func wake(_ id: Int) {
        waiting.removeValue(forKey: id)?.continuation.resume()
    }

    mutating func wake(whom state: State) {
        for (id, waiter) in waiting where waiter.condition(state) { wake(id) }
    }
}
