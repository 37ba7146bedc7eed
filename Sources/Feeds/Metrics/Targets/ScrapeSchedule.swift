// ScrapeSchedule: when a target is to be scraped: at steady moments, however long a scrape takes.
import Events

/// Samples that lie a whole interval apart cost a store of series nothing while their value stays.
struct ScrapeSchedule: Sendable {
    let first: Instant
    let interval: Duration

    /// The moment of a scrape that begins now: the tick, where it is that but for a little lateness.
    func moment(at now: Instant) -> Instant {
        // Below zero where the clock was put back behind the first.
        let late = ((now - first).milliseconds % step + step) % step
        let tolerance = step / 500
        if late <= tolerance { return now - .milliseconds(late) }
        return step - late <= tolerance ? now + .milliseconds(step - late) : now
    }

    /// How long to wait for the first tick after `moment`.
    func wait(after moment: Instant, at now: Instant) -> Duration {
        let passed = (max(moment, now) - first).milliseconds / step
        return max(.zero, first + .milliseconds((passed + 1) * step) - now)
    }

    private var step: Int64 { max(1, interval.milliseconds) }
}
