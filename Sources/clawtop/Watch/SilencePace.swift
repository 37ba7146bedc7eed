// SilencePace: when one Alertmanager is to hold our mutes anew, and which of its troubles are news.
import Events
import Feeds
import Notifying

/// A pure machine: one round at a time, when a mute is another and at each pulse; after a failure with
/// growing pauses.
struct SilencePace {
    private let pulse: Duration
    /// The mutes of the round that is under way, or was the last.
    private var mutes: [Mute]?
    private var next = Instant.distantPast
    private var pause = RetryPause()
    private var isRunning = false
    private var isAway = false
    /// What it refused in the last round.
    private var refused: Set<String> = []

    init(pulse: Duration) { self.pulse = pulse }

    /// Whether a round is due; it is to be followed by ``ended(_:at:)`` or ``failed(_:at:jitter:)``.
    mutating func begins(_ mutes: [Mute], at now: Instant) -> Bool {
        guard !isRunning, pause.isOver(at: now), !mutes.isEmpty else { return false }
        guard mutes != self.mutes || next <= now else { return false }
        (self.mutes, next, isRunning) = (mutes, now + pulse, true)
        return true
    }

    /// Returns what is to be said: a refusal once, for as long as each round brings it.
    mutating func ended(_ refusals: [FeedError], at now: Instant) -> [String] {
        (isRunning, isAway, pause) = (false, false, RetryPause())
        let sentences = refusals.map(\.description)
        defer { refused = Set(sentences) }
        return sentences.filter { !refused.contains($0) }
    }

    /// Returns what is to be said: that it cannot be asked once, until it can.
    ///
    /// `jitter` lies between 0 and 1.
    mutating func failed(_ error: FeedError, at now: Instant, jitter: Double) -> String? {
        pause.strike(at: now, asked: error.retryAfter, jitter: jitter)
        (isRunning, next) = (false, now)
        defer { isAway = true }
        return isAway ? nil : error.description
    }

    /// Somebody else leads: when we do again, all is looked at anew.
    mutating func standBack() { mutes = nil }
}
