// Silence: checks and sessions that must be heard of, and when the patience with each ends.

struct Silence<Key: Hashable> {
    typealias Instant = ContinuousClock.Instant

    private var deadlines: [Key: (at: Instant, ttl: Duration)] = [:]

    /// The earliest moment at which somebody may have been silent for too long.
    var next: Instant? { deadlines.values.map(\.at).min() }

    mutating func heard(_ check: Key, ttl: Duration, now: Instant) {
        deadlines[check] = (now.advanced(by: ttl), ttl)
    }

    /// Ignores checks that were never expected, or were given up.
    mutating func heard(_ check: Key, now: Instant) {
        guard let ttl = deadlines[check]?.ttl else { return }
        heard(check, ttl: ttl, now: now)
    }

    mutating func forget(where isGone: (Key) -> Bool) {
        deadlines = deadlines.filter { !isGone($0.key) }
    }

    /// Those that were silent for too long, once each until they are heard of again.
    mutating func expired(now: Instant) -> [Key] {
        let over = deadlines.filter { $0.value.at <= now }
        for (check, deadline) in over {
            deadlines[check] = (now.advanced(by: .seconds(86400)), deadline.ttl)
        }
        return over.map(\.key)
    }
}
