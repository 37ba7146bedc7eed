// Pace: thirty frames a second are enough for eyes, and for ssh.

struct Pace: Sendable {
    private static let least = Duration.milliseconds(33)

    /// Draws the frame that is planned.
    var planned: Timers.ID?
    private var last: ContinuousClock.Instant?

    mutating func painted() { last = .now }

    /// How long the next frame has to wait; nil where it need not.
    var delay: Duration? {
        guard let last else { return nil }
        let rest = last + Self.least - .now
        return rest > .zero ? rest : nil
    }
}
