// EngineClock: the only place where a clock is read.
package import Events
import Glibc

/// Two clocks and a way to wait; tests turn one of their own by hand.
package protocol EngineClock: Sendable {
    /// The wall clock; it may be wrong, and jump when somebody puts it right.
    var wall: Instant { get }
    /// Since some fixed moment; never jumps.
    var elapsed: Duration { get }

    /// Throws when cancelled.
    func sleep(for duration: Duration) async throws
}

/// The machine's clocks.
package struct SystemClock: EngineClock {
    private static let start = ContinuousClock.now

    package init() {}

    package var wall: Instant {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Instant(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }

    package var elapsed: Duration { ContinuousClock.now - Self.start }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }

    /// By the clock that systemd compares reloads with.
    package static var monotonicMicroseconds: Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1_000_000 + Int64(now.tv_nsec) / 1000
    }
}
