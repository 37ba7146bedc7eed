// WatchStatus: how `clawtop watch` itself is doing, counted since it began.
import Events
import Notifying
import Synchronization
import WorldModel

/// What is counted of evaluations, the store, receivers and the journal.
struct WatchCounts: Sendable {
    var evaluations = 0
    var evaluating = Duration.zero
    var failedEvaluations = 0
    var store = StoreMeter()
    var receivers: [String: Notifier.Tally] = [:]
    var journalErrors = 0
    var reloads = 0
    var failedReloads = 0
    fileprivate var evaluated: [RuleRecord.ID: Instant] = [:]
    fileprivate var isJournalFailing = false

    /// A rule whose moment is another one was evaluated.
    fileprivate mutating func note(_ rules: [RuleRecord]) {
        for rule in rules {
            guard let moment = rule.evaluated, evaluated[rule.id] != moment else { continue }
            evaluated[rule.id] = moment
            evaluations += 1
            evaluating += rule.duration ?? .zero
            if rule.health == .err { failedEvaluations += 1 }
        }
    }

    fileprivate mutating func note(isJournalFailing isFailing: Bool) {
        if isFailing, !isJournalFailing { journalErrors += 1 }
        isJournalFailing = isFailing
    }
}

/// Written by whoever does something, read by who scrapes us.
final class WatchStatus: Sendable {
    private struct State {
        var world = World()
        var isLeading = false
        var counts = WatchCounts()
        var rules = -1
    }

    private let state = Mutex(State())

    func count(_ change: (inout WatchCounts) -> Void) { state.withLock { change(&$0.counts) } }

    func note(_ world: World, isLeading: Bool, isJournalFailing: Bool) {
        state.withLock { state in
            (state.world, state.isLeading) = (world, isLeading)
            state.counts.note(isJournalFailing: isJournalFailing)
            guard world.alerts.revision != state.rules else { return }
            state.rules = world.alerts.revision
            state.counts.note(world.alerts.rules)
        }
    }

    var snapshot: (world: World, isLeading: Bool, counts: WatchCounts) {
        state.withLock { ($0.world, $0.isLeading, $0.counts) }
    }
}
