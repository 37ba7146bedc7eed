// RetryPause: how long a receiver in trouble is left alone.
package import Events

/// Exponential with full jitter, or as long as the receiver asks for.
package struct RetryPause: Sendable {
    private static let base = Duration.seconds(1)
    private static let cap = Duration.seconds(60)
    /// Nobody is believed who asks for longer than this.
    private static let longest = Duration.seconds(600)

    private var strikes = 0
    private var end: Instant?
    /// Since when nothing gets through.
    private(set) var began: Instant?

    package init() {}

    package func isOver(at now: Instant) -> Bool {
        guard let end else { return true }
        return end <= now || end - now > Self.longest
    }

    /// `jitter` lies between 0 and 1.
    package mutating func strike(at now: Instant, asked: Duration?, jitter: Double) {
        let pause = min(Self.cap, Self.base * (1 << min(strikes, 10))) * jitter
        began = began.map { min($0, now) } ?? now
        strikes = min(strikes + 1, 100)
        end = now + max(pause, min(asked ?? .zero, Self.longest))
    }

    mutating func recover() { self = RetryPause() }
}
