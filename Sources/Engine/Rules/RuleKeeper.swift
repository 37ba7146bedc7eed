// RuleKeeper: the series and the rules over them, on a task of their own.
package import Alerting
import Events
import WorldModel

/// The rules in use, and what is wrong with those that are not.
package struct RuleSet: Sendable {
    package var groups: [RuleGroup]
    /// A sentence each.
    package var problems: [String]

    package init(groups: [RuleGroup] = [], problems: [String] = []) {
        (self.groups, self.problems) = (groups, problems)
    }
}

/// Evaluates rules by interval, and at once when what they read has changed; no loop waits for it.
final class RuleKeeper: Sendable {
    private let inbox = RuleInbox()
    private let mailbox: Mailbox
    private let clock: SessionClock

    init(_ rules: RuleSet, telling mailbox: Mailbox, clock: SessionClock) {
        (self.mailbox, self.clock) = (mailbox, clock)
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

    func run() async {
        let clock = clock
        let round = RuleRound { clock.elapsed }
        var newest = AlertReport()
        while let work = await inbox.take() {
            if let report = round.take(work) {
                newest = report
                mailbox.conclude(report)
            }
            for waiter in work.waiting { waiter.resume(returning: newest) }
        }
    }
}
