// TokenBucket: how many notifications a receiver may be sent at once, and in the long run.
import Events

/// Full at first: ten at once, then one every six seconds.
struct TokenBucket: Sendable {
    private static let capacity = 10
    private static let refill = Duration.seconds(6)

    private var tokens = Self.capacity
    /// When the last token came.
    private var filled: Instant?

    var isEmpty: Bool { tokens == 0 }

    mutating func fill(at now: Instant) {
        // A clock that was put back counts anew.
        guard let last = filled, last <= now, tokens < Self.capacity else {
            filled = now
            return
        }
        let count = (now - last).milliseconds / Self.refill.milliseconds
        tokens = Int(min(Int64(Self.capacity), Int64(tokens) + count))
        filled = last + .milliseconds(count * Self.refill.milliseconds)
    }

    mutating func take() { tokens = max(0, tokens - 1) }
}
