// RuleRound: one world after the other sampled, and the groups that it concerns evaluated.
import Alerting
import Events
import PromQL
import Wording
import WorldModel

/// The series store, what writes it and what reads it: all on the task of the rules.
final class RuleRound {
    /// What one rule may take: all the others wait for it.
    private static let timeLimit = Duration.seconds(5)

    private let limits: StoreLimits
    private let stopwatch: () -> Duration
    private var store: SeriesStore
    private var evaluator: Evaluator
    private var sampler: Sampler
    private var desks: [Desk] = []
    private var rules = RuleSet()
    /// Rules that wait for the first moment.
    private var pending: RuleSet?
    private var trimmed = Instant(milliseconds: 0)
    private var lastNumber = 0
    private var questions: [RuleQuestion] = []
    /// Counts up where alerts change their state, and where the rules become others.
    private(set) var changes = 0
    /// What the sources let the rules see when they were evaluated last.
    private var sight = Sight()
    private var recorded = RecordedMetrics()

    init(
        limits: StoreLimits = StoreLimits(bytes: 96 << 20), stopwatch: @escaping () -> Duration
    ) {
        (self.limits, self.stopwatch) = (limits, stopwatch)
        store = SeriesStore(limits: limits)
        evaluator = Evaluator(store)
        sampler = Sampler(store, for: MetricInterest([]))
    }

    /// Samples what was touched, and evaluates the groups that read it or whose time has come.
    ///
    /// Groups that are slow come last, and what the others came to is told before them.
    ///
    /// - Returns: what the rules came to; nil where none was evaluated.
    func take(
        _ work: RuleInbox.Work, telling tell: (AlertReport) -> Void = { _ in }
    ) -> AlertReport? {
        let now = work.world.now
        var touched = work.touched
        pending = work.rules ?? pending
        // Nothing has been told yet: series would begin in 1970.
        guard now.milliseconds > 0 else { return nil }
        if touched.isNew { forget(at: now) }
        var isEvaluated = false
        if let rules = pending.take() {
            use(rules, at: now)
            isEvaluated = true
            touched.allServices = true
            touched.parts.formUnion(work.world.metricParts)
        }
        let names = sampler.sample(touched, of: work.world)
        for reply in work.replies where take(reply, at: now) { isEvaluated = true }
        let before = sight
        sight = Sight(
            of: work.world, failingTargets: sampler.failingTargets, recorded: recorded)
        let seesMore = sight.seesMore(than: before)
        for index in desks.indices { desks[index].note(names) }
        let isAwaited = !work.waiting.isEmpty
        let due = desks.indices.filter {
            desks[$0].isDue(at: now, isAwaited: isAwaited) || seesMore && desks[$0].isOurs
        }
        // Before any of them is evaluated: one that turns out slow has had its turn.
        let slow = due.filter { desks[$0].isSlow }
        for index in due where !slow.contains(index) && run(index, at: now) { isEvaluated = true }
        if isEvaluated, !slow.isEmpty { tell(report) }
        for index in slow where run(index, at: now) { isEvaluated = true }
        trim(at: now)
        return isEvaluated ? report : nil
    }

    /// Evaluates a group, or asks the big engine behind it; returns whether it was evaluated.
    private func run(_ index: Int, at now: Instant) -> Bool {
        guard desks[index].isOurs else {
            questions.append(desks[index].ask(at: now))
            return false
        }
        changes += desks[index].evaluate(at: now)
        return true
    }

    /// What big engines are to be asked; the replies come with later work.
    func takeQuestions() -> [RuleQuestion] {
        defer { questions = [] }
        return questions
    }

    /// Whether a group waits for the first answer of a big engine.
    var isIncomplete: Bool { desks.contains { $0.isAsking && !$0.isAnswered } }

    /// What is to be kept for the next run of the program.
    func memories(at now: Instant) -> [AlertMemory] {
        desks.map { $0.evaluation.memory(at: now) }
    }

    /// Returns false where the group was read again or left since it was asked.
    private func take(_ reply: RuleReply, at now: Instant) -> Bool {
        let number = reply.question.number
        guard let index = desks.firstIndex(where: { $0.number == number }) else { return false }
        changes += desks[index].take(reply, at: now)
        return true
    }

    /// A session begins: the series of the one before are of other feeds.
    private func forget(at now: Instant) {
        guard !desks.isEmpty else { return }
        store = SeriesStore(limits: limits)
        evaluator = Evaluator(store)
        sampler = Sampler(store, for: MetricInterest([]))
        (desks, questions) = ([], [])
        pending = pending ?? rules
    }

    /// Groups that did not change go on; of changed ones, the rules that stay keep their alerts.
    private func use(_ rules: RuleSet, at now: Instant) {
        self.rules = rules
        changes += 1
        recorded = RecordedMetrics(rules.groups)
        let earlier = desks
        desks = rules.groups.map { group in
            let known = earlier.first { $0.evaluation.group.isSame(as: group) }
            if let known, known.evaluation.group == group { return known }
            let evaluation = RuleGroupEvaluation(group, store: store, evaluator: evaluator)
            (evaluation.stopwatch, evaluation.timeLimit) = (stopwatch, Self.timeLimit)
            // A big engine sees for itself.
            if group.source == nil {
                evaluation.isUnseen = { [unowned self] in sight.hides($1, from: $0) }
            }
            if let known { evaluation.takeOver(from: known.evaluation) }
            if known == nil, let memory = rules.memories.first(where: group.isKept) {
                evaluation.restore(from: memory, at: now)
            }
            lastNumber += 1
            return Desk(evaluation, number: lastNumber)
        }
        for desk in earlier
        where !rules.groups.contains(where: desk.evaluation.group.isSame) {
            desk.evaluation.end(at: now)
        }
        sampler.interest = MetricInterest(allNames: desks.map(\.reads))
    }

    private func trim(at now: Instant) {
        guard now - trimmed > .seconds(60) else { return }
        trimmed = now
        store.trim(at: now)
    }

    private var report: AlertReport {
        AlertReport(
            alerts: desks.flatMap(\.alerts),
            rules: desks.flatMap(\.rules),
            problems: rules.problems + store.account.problems)
    }
}

extension RuleGroup {
    fileprivate func isSame(as other: RuleGroup) -> Bool {
        file == other.file && name == other.name
    }

    fileprivate func isKept(_ memory: AlertMemory) -> Bool {
        file == memory.file && name == memory.group
    }
}

extension StoreAccount {
    /// What could not be kept, a sentence each; times of day are UTC, as on the screen.
    fileprivate var problems: [String] {
        var problems: [String] = []
        if withoutSeries > 0 {
            problems.append(
                "\(withoutSeries) samples of new series were dropped: there are \(series) series")
        }
        if withoutRoom > 0 {
            problems.append("\(withoutRoom) samples were dropped: the series store is full")
        }
        if outOfOrder > 0 {
            problems.append(
                "\(outOfOrder) samples were dropped: they are older than others of their series")
        }
        if let shortenedTo {
            let moment = clock(milliseconds: shortenedTo.milliseconds)
            problems.append("samples are kept since \(moment) only: the series store is full")
        }
        return problems
    }
}
