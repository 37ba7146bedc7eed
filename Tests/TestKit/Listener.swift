// Listener: a feed's output that keeps what it is told.
package import Events
import Synchronization

/// Keeps events in order, and stops its feed after enough of them.
package final class Listener: FeedOutput {
    private struct State {
        var events: [Event] = []
        var notes: [String] = []
        var now: Instant
        var pauses: [Duration] = []
    }

    private let state: Mutex<State>
    private let pausesLeft: Mutex<Int>

    /// The feed may pause `pauses` times, time jumping over each, before it is cancelled.
    package init(at now: Instant = .second(0), pauses: Int = 0) {
        state = Mutex(State(now: now))
        pausesLeft = Mutex(pauses)
    }

    package var now: Instant { state.withLock { $0.now } }
    package var events: [Event] { state.withLock { $0.events } }
    /// What ``answered(_:)`` was told.
    package var notes: [String] { state.withLock { $0.notes } }
    package var pauses: [Duration] { state.withLock { $0.pauses } }

    /// Lets time pass while nobody pauses.
    package func advance(_ duration: Duration) {
        state.withLock { $0.now = $0.now + duration }
    }

    package func emit(_ event: Event) async {
        state.withLock { $0.events.append(event) }
    }

    package func answered(_ note: String) async {
        state.withLock { $0.notes.append(note) }
    }

    package func pause(for duration: Duration) async throws {
        try Task.checkCancellation()
        let isLast = pausesLeft.withLock { left in
            left -= 1
            return left < 0
        }
        if isLast { throw CancellationError() }
        state.withLock {
            $0.pauses.append(duration)
            $0.now = $0.now + duration
        }
        await Task.yield()
    }
}
