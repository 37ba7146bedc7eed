// Backoff: how long to wait after a failure.

/// Exponential with full jitter, so that many clients do not come back together.
///
/// Source: <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>
enum Backoff {
    static let base = Duration.milliseconds(250)
    static let cap = Duration.seconds(5)
    /// After so many failures in a row the circuit breaker is open: one try in 5 to 10 s:
    /// seldom enough for a server in trouble, and soon enough after a restart.
    static let failuresToOpen = 5

    /// `strikes` counts from 1; `jitter` lies between 0 and 1.
    static func wait(strikes: Int, jitter: Double) -> Duration {
        let doublings = min(max(strikes, 1) - 1, 10)
        return min(cap, base * (1 << doublings)) * jitter
    }

    /// After so many failures in a row.
    static func wait(after failures: Int) -> Duration {
        let jitter = Double.random(in: 0...1)
        return failures >= failuresToOpen
            ? waitWhileOpen(jitter: jitter) : wait(strikes: failures, jitter: jitter)
    }

    static func waitWhileOpen(jitter: Double) -> Duration {
        cap + cap * jitter
    }
}
