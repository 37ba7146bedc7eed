// RequestBudget: when the next request may leave.

/// A token bucket that holds one second of requests, told as moments of a steady clock.
struct RequestBudget: Sendable {
    /// Between two requests in the long run.
    private let interval: Duration
    private let burst: Duration
    /// When the bucket will be full again.
    private var full = Duration.zero

    init(perSecond: Double) {
        interval = .seconds(1) / perSecond
        burst = max(.seconds(1), interval)
    }

    /// Takes a token; returns how long to wait before using it.
    mutating func take(at now: Duration) -> Duration {
        full = max(full, now) + interval
        return max(.zero, full - now - burst)
    }
}
