// Timers: what is to run on the screen's thread later; without any, the loop sleeps for ever.

package struct Timers: Sendable {
    package struct ID: Hashable, Sendable {
        fileprivate var number: Int
    }

    typealias Body = @UIActor @Sendable () -> Void

    private var waiting: [(id: ID, due: ContinuousClock.Instant, body: Body)] = []
    private var count = 0

    mutating func add(at due: ContinuousClock.Instant, _ body: @escaping Body) -> ID {
        count += 1
        let id = ID(number: count)
        waiting.append((id, due, body))
        return id
    }

    mutating func cancel(_ id: ID) {
        waiting.removeAll { $0.id == id }
    }

    /// Takes out what is due, earliest first.
    mutating func takeDue() -> [Body] {
        guard !waiting.isEmpty else { return [] }
        let now = ContinuousClock.now
        let due = waiting.filter { $0.due <= now }.sorted { $0.due < $1.due }
        if !due.isEmpty { waiting.removeAll { $0.due <= now } }
        return due.map(\.body)
    }

    /// As `poll` wants it: rounded up, and -1 for ever.
    var millisecondsToNext: Int32 {
        guard let next = waiting.lazy.map(\.due).min() else { return -1 }
        let (seconds, attoseconds) = (next - .now).components
        let milliseconds =
            seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds))
    }
}
