// ManualClock: a clock that a test turns by hand, or that jumps over every wait.
import Engine
import Events
import Synchronization

final class ManualClock: EngineClock {
    private typealias Sleeper = (until: Duration, continuation: CheckedContinuation<Void, Never>)

    private struct State {
        var elapsed = Duration.zero
        var wall: Instant?
        var sleepers: [UInt64: Sleeper] = [:]
        var lastID: UInt64 = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    var elapsed: Duration { state.withLock { $0.elapsed } }

    /// Goes with `elapsed` from second 1000 on, until it is set wrong.
    var wall: Instant {
        state.withLock { $0.wall ?? Instant(milliseconds: 1_000_000 + $0.elapsed.milliseconds) }
    }

    func setWall(_ wall: Instant) {
        state.withLock { $0.wall = wall }
    }

    func sleep(for duration: Duration) async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let watchers = state.withLock { state in
                    guard duration > .zero, !Task.isCancelled else {
                        continuation.resume()
                        return [CheckedContinuation<Void, Never>]()
                    }
                    state.sleepers[id] = (state.elapsed + duration, continuation)
                    defer { state.watchers.removeAll { $0.count <= state.sleepers.count } }
                    return state.watchers.filter { $0.count <= state.sleepers.count }
                        .map(\.continuation)
                }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume()
        }
        try Task.checkCancellation()
    }

    /// Waits until so many wait for this clock.
    func asleep(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isMet = state.withLock { state in
                let isMet = state.sleepers.count >= count
                if !isMet { state.watchers.append((count, continuation)) }
                return isMet
            }
            if isMet { continuation.resume() }
        }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.elapsed += duration
            let due = state.sleepers.filter { $0.value.until <= state.elapsed }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.until < $1.until }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }
}
