// RuleGroupEvaluation: a group's rules evaluated again and again, and the alerts that they keep.
package import Events
package import PromQL

/// A group at work: its alerts, its series in a store, and how its rules do.
///
/// What happens to an alert is what Prometheus 3.14 lets happen. A rule whose evaluation fails leaves
/// its alerts and series as they were.
/// Source: <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/>.
package final class RuleGroupEvaluation {
    package let group: RuleGroup
    /// Read before and after a rule is evaluated, to tell how long it took; the engine's clock.
    package var stopwatch: () -> Duration = { .zero }
    /// What one rule may take by the stopwatch; more is an error of the rule.
    package var timeLimit: Duration?
    /// Whether what a rule reads (nil: anything) of a label set cannot be seen now, so that finding
    /// nothing says nothing: an alert of these labels is left as it is.
    package var isUnseen: (_ metrics: Set<String>?, _ labels: Labels) -> Bool = { _, _ in false }
    let store: SeriesStore
    private let evaluator: Evaluator
    /// Looks back from an alert.
    let historian: Evaluator
    private let texts: AlertTexts
    var rulesInOrder: [RuleProgress]
    /// Series of rules that a reload took away.
    var orphaned = WrittenSeries()
    var restoration: Restoration?

    /// A group at its beginning: `evaluator` reads `store`, where the group's series are written.
    ///
    /// The external labels and URL are those that templates know.
    package init(
        _ group: RuleGroup, store: SeriesStore, evaluator: Evaluator,
        externalLabels: Labels = Labels(), externalURL: String = ""
    ) {
        (self.group, self.store, self.evaluator) = (group, store, evaluator)
        historian = Evaluator(store, limits: AlertCourse.limits)
        texts = AlertTexts(evaluator, externalLabels: externalLabels, externalURL: externalURL)
        rulesInOrder = group.rules.map { RuleProgress($0, in: group) }
    }

    /// Pending, firing and lately resolved, rule by rule.
    package var alerts: [Alert] { rulesInOrder.flatMap(\.alerts.all) }

    /// The alerts of rules of one name.
    package func alerts(named name: String) -> [Alert] {
        rulesInOrder.filter { $0.rule.name == name }.flatMap(\.alerts.all)
    }

    /// When the next pending alert is due to fire, if nothing changes.
    package func nextFiring(after now: Instant) -> Instant? {
        rulesInOrder.compactMap { progress in
            guard case .alert(let rule) = progress.rule else { return nil }
            return progress.alerts.nextFiring(rule, after: now)
        }.min()
    }

    package var rules: [RuleStatus] { rulesInOrder.map(\.status) }

    /// The metrics that its rules read; nil where one may read any metric.
    package var metricNames: Set<String>? {
        var names: Set<String> = []
        for progress in rulesInOrder {
            guard let read = progress.metricNames else { return nil }
            names.formUnion(read)
        }
        return names
    }

    /// Evaluates the rules in their order, each seeing what those before it wrote.
    ///
    /// - Returns: the alerts whose state changed, rule by rule.
    package func evaluate(at now: Instant) -> [AlertTransition] {
        let transitions = rulesInOrder.indices.flatMap { place in
            let start = stopwatch()
            limit(from: start)
            defer {
                rulesInOrder[place].duration = stopwatch() - start
                evaluator.interruption = { nil }
            }
            return conclude(place, at: now) { () throws(RuleError) in
                try samples(of: group.rules[place].expression, at: now)
            }
        }
        complete(at: now)
        return transitions
    }

    /// Takes what another engine found instead of evaluating: an answer for each rule, in their order,
    /// asked for the moment `now`.
    ///
    /// - Returns: the alerts whose state changed, rule by rule.
    package func take(_ answers: [RuleAnswer], at now: Instant) -> [AlertTransition] {
        let transitions = zip(rulesInOrder.indices, answers).flatMap { place, answer in
            rulesInOrder[place].duration = answer.duration
            return conclude(place, at: now) { () throws(RuleError) in try answer.found }
        }
        complete(at: now)
        return transitions
    }

    /// What templates ask is part of what their rule may take.
    private func limit(from start: Duration) {
        guard let timeLimit else { return }
        let end = start + timeLimit
        evaluator.interruption = { [stopwatch] in stopwatch() > end ? .timeLimit : nil }
    }

    private func complete(at now: Instant) {
        orphaned.write([], to: store, at: now - group.queryOffset)
        restoration?.evaluated(&rulesInOrder, at: now)
        if restoration?.isDone == true { restoration = nil }
    }

    /// What one rule comes to, of the samples that its expression gives.
    private func conclude(
        _ place: Int, at now: Instant, samples: () throws(RuleError) -> [Sample]
    ) -> [AlertTransition] {
        rulesInOrder[place].evaluated = now
        do throws(RuleError) {
            let samples = try samples()
            let transitions: [AlertTransition]
            switch group.rules[place] {
            case .alert(let rule): transitions = try advance(rule, place, samples, at: now)
            case .recording(let rule):
                let series = try rule.series(of: samples, limit: group.limit)
                rulesInOrder[place].seriesCount = series.count
                write(series, place, at: now)
                transitions = []
            }
            (rulesInOrder[place].health, rulesInOrder[place].error) = (.ok, "")
            return transitions
        } catch {
            (rulesInOrder[place].health, rulesInOrder[place].error) = (.err, error.description)
            guard case .tooManyAlerts = error else { return [] }
            return rulesInOrder[place].alerts.removeAll()
        }
    }

    private func samples(
        of expression: Expression, at now: Instant
    ) throws(RuleError) -> [Sample] {
        do throws(EvaluationError) {
            let answer = try evaluator.evaluate(expression, at: now - group.queryOffset)
            switch answer.value {
            case .vector(let samples): return samples
            case .scalar(let number): return [Sample(Labels(), number)]
            case .string, .matrix: break
            }
        } catch {
            throw .evaluation(error, expression)
        }
        throw .notVector
    }

    private func advance(
        _ rule: AlertRule, _ place: Int, _ samples: [Sample], at now: Instant
    ) throws(RuleError) -> [AlertTransition] {
        var found = [Labels: FoundAlert](minimumCapacity: samples.count)
        for sample in samples {
            let (labels, alert) = texts.expand(rule, sample, at: now)
            guard found.updateValue(alert, forKey: labels) == nil else { throw .sameAlert }
        }
        let metrics = rulesInOrder[place].metricNames
        let transitions = rulesInOrder[place].alerts.advance(rule, found: found, at: now) {
            isUnseen(metrics, $0)
        }
        let count = rulesInOrder[place].alerts.activeCount
        guard group.limit <= 0 || count <= group.limit else {
            throw .tooManyAlerts(limit: group.limit, count: count)
        }
        if count <= AlertCourse.mostAlerts { beginCourses(of: rule, place, found, at: now) }
        if restoration == nil { write(rulesInOrder[place].alerts.samples, place, at: now) }
        return transitions
    }

    private func beginCourses(
        of rule: AlertRule, _ place: Int, _ found: [Labels: FoundAlert], at now: Instant
    ) {
        let new = rulesInOrder[place].alerts.withoutCourse(found)
        guard !new.isEmpty else { return }
        let past = courses(of: rule, at: now)
        for (labels, found) in new {
            var course = past[found.result] ?? AlertCourse(until: now)
            course.note(found.value, at: now)
            rulesInOrder[place].alerts.begin(course, of: labels)
        }
    }

    private func write(_ samples: [Sample], _ place: Int, at now: Instant) {
        rulesInOrder[place].written.write(samples, to: store, at: now - group.queryOffset)
    }
}
