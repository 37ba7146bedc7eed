// RuleRound: one world after the other sampled, and the groups that it concerns evaluated.
import Alerting
import Events
import PromQL
import WorldModel

/// The series store, what writes it and what reads it: all on the task of the rules.
final class RuleRound {
    /// Groups without an interval of their own are evaluated this often.
    static let interval = RuleRecord.standardInterval
    private static let limits = StoreLimits(bytes: 96 << 20)

    private struct Desk {
        var evaluation: RuleGroupEvaluation
        var due = Instant(milliseconds: 0)
        /// The metrics it reads; nil: any.
        var reads: Set<String>?
        /// As they were after the last evaluation.
        var alerts: [AlertRecord] = []
        var rules: [RuleRecord] = []

        func isTouched(by names: Set<String>) -> Bool {
            !names.isEmpty && reads.map { !$0.isDisjoint(with: names) } ?? true
        }
    }

    private let stopwatch: () -> Duration
    private var store: SeriesStore
    private var evaluator: Evaluator
    private var sampler: Sampler
    private var desks: [Desk] = []
    private var rules = RuleSet()
    /// Rules that wait for the first moment.
    private var pending: RuleSet?
    private var trimmed = Instant(milliseconds: 0)

    init(stopwatch: @escaping () -> Duration) {
        self.stopwatch = stopwatch
        store = SeriesStore(limits: Self.limits)
        evaluator = Evaluator(store)
        sampler = Sampler(store, for: MetricInterest([]))
    }

    /// Samples what was touched, and evaluates the groups that read it or whose time has come.
    ///
    /// - Returns: what the rules came to; nil where none was evaluated.
    func take(_ work: RuleInbox.Work) -> AlertReport? {
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
        for index in desks.indices where isDue(desks[index], names, at: now) {
            _ = desks[index].evaluation.evaluate(at: now)
            desks[index].alerts = desks[index].evaluation.alertRecords
            desks[index].rules = desks[index].evaluation.ruleRecords
            desks[index].due = now + (desks[index].evaluation.group.interval ?? Self.interval)
            isEvaluated = true
        }
        trim(at: now)
        return isEvaluated ? report : nil
    }

    /// What is to be kept for the next run of the program.
    func memories(at now: Instant) -> [AlertMemory] {
        desks.map { $0.evaluation.memory(at: now) }
    }

    private func isDue(_ desk: Desk, _ names: Set<String>, at now: Instant) -> Bool {
        desk.due <= now || desk.isTouched(by: names)
    }

    /// A session begins: the series of the one before are of other feeds.
    private func forget(at now: Instant) {
        guard !desks.isEmpty else { return }
        store = SeriesStore(limits: Self.limits)
        evaluator = Evaluator(store)
        sampler = Sampler(store, for: MetricInterest([]))
        desks = []
        pending = pending ?? rules
    }

    /// Groups that did not change go on; of changed ones, the rules that stay keep their alerts.
    private func use(_ rules: RuleSet, at now: Instant) {
        self.rules = rules
        let earlier = desks
        desks = rules.groups.filter { $0.source == nil }.map { group in
            let known = earlier.first { $0.evaluation.group.isSame(as: group) }
            if let known, known.evaluation.group == group { return known }
            let evaluation = RuleGroupEvaluation(group, store: store, evaluator: evaluator)
            evaluation.stopwatch = stopwatch
            if let known { evaluation.takeOver(from: known.evaluation) }
            if known == nil, let memory = rules.memories.first(where: group.isKept) {
                evaluation.restore(from: memory, at: now)
            }
            return Desk(evaluation: evaluation, reads: evaluation.metricNames)
        }
        for desk in earlier
        where !rules.groups.contains(where: desk.evaluation.group.isSame) {
            desk.evaluation.end(at: now)
        }
        let reads = desks.map(\.reads)
        let names = reads.contains(nil) ? nil : reads.reduce(into: Set()) { $0.formUnion($1 ?? []) }
        sampler.interest = MetricInterest(names)
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
    /// What could not be kept, a sentence each.
    fileprivate var problems: [String] {
        var problems: [String] = []
        if withoutSeries > 0 {
            problems.append(
                "\(withoutSeries) samples of new series were dropped: there are \(series) series")
        }
        if withoutRoom > 0 {
            problems.append("\(withoutRoom) samples were dropped: the series store is full")
        }
        return problems
    }
}
