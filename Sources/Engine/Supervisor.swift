// Supervisor: runs one feed for ever, and says how it is doing.
import Events
import Synchronization

/// The thin part around ``FeedSupervision``: it runs, waits and passes on.
final class Supervisor: Sendable {
    private let feed: SupervisedFeed
    private let mailbox: Mailbox
    private let clock: SessionClock
    private let jitter: @Sendable () -> Double
    private let state: Mutex<FeedSupervision>
    private let bell = Bell()

    init(
        _ feed: SupervisedFeed, to mailbox: Mailbox, clock: SessionClock,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0...1) }
    ) {
        (self.feed, self.mailbox, self.clock, self.jitter) = (feed, mailbox, clock, jitter)
        state = Mutex(FeedSupervision(staleAfter: feed.staleAfter))
    }

    /// Runs until cancelled.
    func run() async {
        await withTaskGroup { group in
            group.addTask { await self.watchForSilence() }
            await observe()
            group.cancelAll()
        }
    }

    /// Tries at once, whether it waits after a failure or between two polls.
    func refresh() {
        bell.ring()
    }

    private func observe() async {
        while !Task.isCancelled {
            state.withLock { $0.began(at: clock.elapsed) }
            let reason = await runOnce()
            guard !Task.isCancelled else { return }
            let wait = state.withLock { state in
                let (report, wait) = state.ended(reason, at: clock.elapsed, jitter: jitter())
                tell(report)
                return wait
            }
            try? await bell.pause(for: wait, on: clock)
        }
    }

    /// Returns why the run ended.
    private func runOnce() async -> String {
        do {
            try await feed.feed.run(self)
            return "it stopped observing"
        } catch {
            return String(describing: error)
        }
    }

    private func watchForSilence() async {
        while !Task.isCancelled {
            let now = clock.elapsed
            let next = state.withLock { state in
                tell(state.looked(at: now))
                return state.nextLook(after: now)
            }
            try? await clock.sleep(for: max(.milliseconds(1), next - now))
        }
    }

    /// Called under the lock, so that reports keep the order in which they were decided.
    private func tell(_ report: FeedReport?) {
        guard let report else { return }
        let event = report.event(requests: feed.takeRequests())
        mailbox.putAtOnce(.feed(feed.feed.source.id, event))
    }
}

extension Supervisor: FeedOutput {
    var now: Instant { clock.now }

    func emit(_ event: Event) async {
        await mailbox.put(event)
    }

    func answered(_ note: String) async {
        state.withLock { tell($0.answered(note, at: clock.elapsed)) }
    }

    func pause(for duration: Duration) async throws {
        try await bell.pause(for: duration, on: clock)
    }
}
