// ZipkinPace: how far back each read reaches, and how soon the next one may follow.
import Events

/// A store tells nothing by itself, and a search tests when a trace began, not when it was reported:
/// each read covers again what may still have grown, and a deep one now and then all that is counted.
struct ZipkinPace: Sendable {
    /// Searched before the window: a trace that began there may have spans in the window, also
    /// because the clocks of two services differ by minutes.
    private static let leastMargin = Duration.seconds(360)
    private static let mostMargin = Duration.seconds(1800)
    private static let leastOverlap = Duration.seconds(30)
    private static let mostOverlap = Duration.seconds(120)
    /// From a span's end until the store gives it out.
    private static let reportDelay = Duration.seconds(15)
    /// The store's clock may be before ours.
    private static let clockSlack = Duration.seconds(60)
    private static let deepEvery = Duration.seconds(60)

    let window: Duration
    let interval: Duration
    private var longest = Duration.zero
    private var nextDeep: Instant?

    init(window: Duration, interval: Duration) {
        (self.window, self.interval) = (window, interval)
    }

    /// Whether the next read must cover all that is counted.
    func isDeep(at now: Instant) -> Bool { nextDeep.map { $0 <= now } ?? true }

    /// What to read now.
    func range(at now: Instant) -> SearchRange {
        SearchRange(from: now + (.zero - reach(at: now)), to: now + Self.clockSlack)
    }

    /// Takes note of a read that began at `now`; returns how long to wait until the next.
    ///
    /// A mebibyte a second is asked of the store at most, and a quarter of that in deep reads.
    mutating func note(_ harvest: ZipkinHarvest, at now: Instant) -> Duration {
        let seconds = Double(harvest.bytes) / 1_048_576
        if isDeep(at: now) {
            longest = harvest.longest
            nextDeep = now + max(Self.deepEvery, .seconds(min(4 * seconds, 900)))
        } else {
            longest = max(longest, harvest.longest)
        }
        return max(interval, .seconds(min(seconds, 30)))
    }

    /// Reads deeply next time, whatever was read before.
    mutating func startOver() { nextDeep = nil }

    private func reach(at now: Instant) -> Duration {
        let margin = min(max(Self.leastMargin, longest * 2), Self.mostMargin)
        if isDeep(at: now) { return window + margin }
        let overlap = min(max(Self.leastOverlap, longest + Self.reportDelay), Self.mostOverlap)
        return min(window + margin, overlap)
    }
}
