// RuleKeeper: the series and the rules over them, on a task of their own.
package import Alerting
import Events
import WorldModel

/// The rules in use, and what is wrong with those that are not.
package struct RuleSet: Sendable {
    package var groups: [RuleGroup]
    /// A sentence each.
    package var problems: [String]
    /// What was kept of their alerts by an earlier run of the program.
    package var memories: [AlertMemory]

    package init(
        groups: [RuleGroup] = [], problems: [String] = [], memories: [AlertMemory] = []
    ) {
        (self.groups, self.problems, self.memories) = (groups, problems, memories)
    }
}

/// Evaluates rules by interval, and at once when what they read has changed; no loop waits for it.
final class RuleKeeper: Sendable {
    private let inbox = RuleInbox()
    private let mailbox: Mailbox
    private let clock: SessionClock
    private let keep: Keep
    private let sources: [String: RuleSource]

    /// Takes what is to be kept of the alerts: soon after a change, now and then, and at the end.
    package typealias Keep = @Sendable ([AlertMemory]) -> Void

    init(
        _ rules: RuleSet, from sources: [String: RuleSource] = [:], telling mailbox: Mailbox,
        clock: SessionClock, keep: @escaping Keep
    ) {
        (self.mailbox, self.clock, self.keep) = (mailbox, clock, keep)
        self.sources = sources
        use(rules)
    }

    /// Uses other rules from now on; alerts of rules that stay keep their state.
    func use(_ rules: RuleSet) { inbox.leave { $0.rules = rules } }

    /// Takes note of a new world and of what led to it.
    func note(_ world: World, _ events: [Event]) {
        guard !events.isEmpty else { return }
        inbox.leave { work in
            work.world = world
            for event in events { work.touched.note(event) }
        }
    }

    /// What the rules come to, of all that was noted so far; nothing after ``close()``.
    func report() async -> AlertReport {
        await withCheckedContinuation { waiter in
            let isTaken = inbox.leave { $0.waiting.append(waiter) }
            if !isTaken { waiter.resume(returning: AlertReport()) }
        }
    }

    func close() { inbox.close() }

    /// Runs until it is closed; what big engines are asked meanwhile holds up no other group.
    func run() async {
        await withDiscardingTaskGroup { errands in
            await run { question in
                errands.addTask { await self.ask(question) }
            }
            errands.cancelAll()
        }
    }

    private func run(asking: (RuleQuestion) -> Void) async {
        let clock = clock
        let round = RuleRound { clock.elapsed }
        var newest = AlertReport()
        var waiting: [CheckedContinuation<AlertReport, Never>] = []
        var now = Instant(milliseconds: 0)
        var kept = (at: now, changes: 0)
        while let work = await inbox.take() {
            let begin = clock.elapsed
            now = work.world.now
            if let report = round.take(work, telling: mailbox.conclude) {
                newest = report
                mailbox.conclude(report)
            }
            for question in round.takeQuestions() { asking(question) }
            waiting += work.waiting
            if !round.isIncomplete {
                for waiter in waiting { waiter.resume(returning: newest) }
                waiting = []
            }
            let duration = clock.elapsed - begin
            // Not too often in a storm, where there is much to write.
            let pause = max(Self.pause, .milliseconds(20 * newest.alerts.count))
            let isNews = kept.changes != round.changes && now - kept.at >= pause
            let longPause = Self.longPause * min(max(1, newest.alerts.count / 300), 10)
            if isNews || now - kept.at >= longPause {
                kept = (now, round.changes)
                keep(round.memories(at: now))
            }
            await rest(after: duration)
        }
        for waiter in waiting { waiter.resume(returning: newest) }
        if kept.at.milliseconds > 0 { keep(round.memories(at: now)) }
    }

    /// Leaves the machine to others after a long round: the first change of many is told at once, and
    /// in a storm the rules take a ninth of a core.
    private func rest(after round: Duration) async {
        guard round > .milliseconds(1) else { return }
        try? await clock.sleep(for: min(round * 8, .milliseconds(500)))
    }

    private func ask(_ question: RuleQuestion) async {
        let reply =
            if let source = sources[question.source] {
                await source.reply(to: question, clock: clock)
            } else {
                question.unasked
            }
        inbox.leave { $0.replies.append(reply) }
    }

    /// So soon a change of alerts is kept: what a crash may lose.
    private static let pause = Duration.seconds(5)
    /// As often they are kept where nothing changes, thousands less often: how old they are tells
    /// whether they count.
    private static let longPause = Duration.seconds(60)
}
