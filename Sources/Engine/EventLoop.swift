// EventLoop: takes what is in the mailbox, writes it down, folds it, and shows the result.
import Events
import Journal
import Synchronization
import WorldModel

final class EventLoop: Sendable {
    private let mailbox: Mailbox
    private let journal: JournalWriter?
    private let newest: NewestWorld
    private let rules: RuleKeeper
    private let series: LiveSeries?
    private let clock: SessionClock
    private let shortestFrame: Duration
    private let onChange: @Sendable () -> Void
    private let problem = Mutex<JournalError?>(nil)

    init(
        _ mailbox: Mailbox, journal: JournalWriter?, newest: NewestWorld, rules: RuleKeeper,
        series: LiveSeries?, clock: SessionClock, shortestFrame: Duration,
        onChange: @escaping @Sendable () -> Void
    ) {
        (self.mailbox, self.journal, self.newest, self.clock) = (mailbox, journal, newest, clock)
        (self.rules, self.series) = (rules, series)
        (self.shortestFrame, self.onChange) = (shortestFrame, onChange)
    }

    var journalProblem: JournalError? { problem.withLock { $0 } }

    /// Runs until the mailbox is closed and empty.
    func run() async {
        var world = World()
        var sequence: UInt64 = 0
        while let mail = await mailbox.takeAll() {
            let began = clock.elapsed
            let at = clock.now
            let batch = mail.events.map { event in
                sequence += 1
                return Envelope(sequence: sequence, at: at, event: event)
            }
            write(batch)
            for envelope in batch { world.apply(envelope) }
            if let report = mail.report { world.conclude(report) }
            // Before anybody sees the world: who waits for it then asks what follows from it.
            series?.note(world, mail.events)
            rules.note(world, mail.events)
            newest.publish(world)
            onChange()
            if mail.events.contains(.tick) { journal?.syncSoon() }
            // What comes meanwhile is one batch; when the loop is to end, nothing is waited for.
            let rest = shortestFrame - (clock.elapsed - began)
            if rest > .zero { try? await clock.sleep(for: rest) }
        }
        rules.close()
        journal?.close()
    }

    private func write(_ batch: [Envelope]) {
        guard let journal else { return }
        do {
            try journal.append(batch)
            if !journal.isFailing { problem.withLock { $0 = nil } }
        } catch {
            problem.withLock { $0 = error }
        }
    }
}
