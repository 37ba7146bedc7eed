// RuleRound: one world after the other sampled, and the groups that it concerns evaluated.
import Alerting
import Events
import PromQL
import WorldModel

/// The series store, what writes it and what reads it: all on the task of the rules.
final class RuleRound {
    /// Groups without an interval of their own are evaluated this often.
    static let interval = Duration.seconds(5)
    private static let limits = StoreLimits(bytes: 96 << 20)

    private struct Desk {
        var evaluation: RuleGroupEvaluation
        var due = Instant(milliseconds: 0)
        /// The metrics it reads; nil: any.
        var reads: Set<String>?

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
        var touched = work.touched
        if touched.isNew { forget() }
        if let rules = work.rules {
            use(rules)
            touched.allServices = true
            touched.parts.formUnion(work.world.metricParts)
        }
        let now = work.world.now
        // Nothing has been told yet: series would begin in 1970.
        guard now.milliseconds > 0 else { return nil }
        let names = sample(work.world, touched)
        var isEvaluated = work.rules != nil
        for index in desks.indices where isDue(desks[index], names, at: now) {
            _ = desks[index].evaluation.evaluate(at: now)
            desks[index].due = now + (desks[index].evaluation.group.interval ?? Self.interval)
            isEvaluated = true
        }
        trim(at: now)
        return isEvaluated ? report(at: now) : nil
    }

    private func isDue(_ desk: Desk, _ names: Set<String>, at now: Instant) -> Bool {
        desk.due <= now || desk.isTouched(by: names)
    }

    private func forget() {
        store = SeriesStore(limits: Self.limits)
        evaluator = Evaluator(store)
        use(rules)
    }

    private func use(_ rules: RuleSet) {
        self.rules = rules
        desks = rules.groups.filter { $0.source == nil }.map { group in
            let evaluation = RuleGroupEvaluation(group, store: store, evaluator: evaluator)
            evaluation.stopwatch = stopwatch
            return Desk(evaluation: evaluation, reads: evaluation.metricNames)
        }
        let reads = desks.map(\.reads)
        let names = reads.contains(nil) ? nil : reads.reduce(into: Set()) { $0.formUnion($1 ?? []) }
        sampler = Sampler(store, for: MetricInterest(names))
    }

    private func sample(_ world: World, _ touched: Touched) -> Set<String> {
        var parts = touched.parts
        if touched.allServices {
            parts.formUnion(world.registry.sickestFirst.lazy.map { .service($0.name) })
            parts.formUnion(sampler.gone(from: world))
        }
        var names: Set<String> = []
        for part in parts { names.formUnion(sampler.sample(part, of: world)) }
        return names
    }

    private func trim(at now: Instant) {
        guard now - trimmed > .seconds(60) else { return }
        trimmed = now
        store.trim(at: now)
    }

    private func report(at now: Instant) -> AlertReport {
        AlertReport(
            alerts: desks.flatMap { desk in
                zip(desk.evaluation.rules, desk.evaluation.alertsByRule).flatMap { rule, alerts in
                    let id = RuleRecord(rule, of: desk.evaluation.group).id
                    return alerts.map { AlertRecord($0, rule: id) }
                }
            },
            rules: desks.flatMap { desk in
                desk.evaluation.rules.map { RuleRecord($0, of: desk.evaluation.group) }
            },
            problems: rules.problems + store.account.problems)
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
