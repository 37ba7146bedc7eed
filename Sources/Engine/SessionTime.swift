// SessionTime: the time that events carry; a wall clock that jumps does not move it.
import Events
import Synchronization

/// Goes on with the steady clock, and follows the wall clock slowly.
///
/// Whoever puts a clock right by an hour must not make every saga an hour old, nor stop time for an
/// hour: the difference is made up by a tenth of the time that passes.
struct SessionTime: Sendable {
    /// Since the epoch, finer than events need it: many short steps must add up.
    private var now: Duration
    private var elapsed: Duration

    init(wall: Instant, elapsed: Duration) {
        (now, self.elapsed) = (.milliseconds(wall.milliseconds), elapsed)
    }

    mutating func read(wall: Instant, elapsed: Duration) -> Instant {
        let passed = max(.zero, elapsed - self.elapsed)
        self.elapsed += passed
        now += passed
        let most = passed / 10
        now += min(max(.milliseconds(wall.milliseconds) - now, .zero - most), most)
        return Instant(milliseconds: now.milliseconds)
    }
}

/// The time of one session, for all that need it.
final class SessionClock: Sendable {
    private let clock: any EngineClock
    private let time: Mutex<SessionTime>

    init(_ clock: any EngineClock) {
        self.clock = clock
        time = Mutex(SessionTime(wall: clock.wall, elapsed: clock.elapsed))
    }

    /// What events carry.
    var now: Instant {
        time.withLock { $0.read(wall: clock.wall, elapsed: clock.elapsed) }
    }

    /// For intervals.
    var elapsed: Duration { clock.elapsed }

    func sleep(for duration: Duration) async throws {
        try await clock.sleep(for: duration)
    }
}
