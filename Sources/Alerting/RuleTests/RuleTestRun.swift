// RuleTestRun: one test of rules, run: series loaded, groups evaluated, alerts compared.
import Events
import PromQL

extension RuleTest {
    /// Runs the test, which takes no real time.
    ///
    /// - Returns: what is not as expected; a rule that cannot be evaluated ends the test.
    package func run(_ groups: [RuleGroup], every interval: Duration) -> [RuleTestFailure] {
        let run = RuleTestRun(self, groups, interval: interval)
        return run.run()
    }
}

/// A test at work.
private final class RuleTestRun {
    private let test: RuleTest
    private let interval: Duration
    private let evaluator: Evaluator
    private let groups: [RuleGroupEvaluation]
    private var loader: SeriesLoader
    private var failures: [RuleTestFailure] = []

    init(_ test: RuleTest, _ groups: [RuleGroup], interval: Duration) {
        (self.test, self.interval) = (test, interval)
        let store = SeriesStore(
            limits: StoreLimits(retention: .seconds(1 << 40), bytes: 4 << 30, series: 1 << 22))
        let evaluator = Evaluator(store, limits: EvaluationLimits(subqueryStep: interval))
        self.groups = groups.map {
            RuleGroupEvaluation(
                $0, store: store, evaluator: evaluator, externalLabels: test.externalLabels,
                externalURL: test.externalURL)
        }
        self.evaluator = evaluator
        loader = SeriesLoader(test, store)
    }

    func run() -> [RuleTestFailure] {
        var expectations = test.alerts.sorted { $0.time < $1.time }[...]
        let last = (test.alerts.map(\.time) + test.expressions.map(\.time)).max() ?? .zero
        var elapsed = Duration.zero
        while elapsed <= last {
            guard evaluateRules(after: elapsed) else { return failures }
            let (low, high) = (elapsed, elapsed + interval)
            while let next = expectations.first, next.time >= low, next.time < high {
                check(next)
                expectations = expectations.dropFirst()
            }
            elapsed = high
        }
        for expectation in test.expressions { check(expectation) }
        return failures
    }

    /// False where a rule failed: then nothing that follows can be trusted.
    private func evaluateRules(after elapsed: Duration) -> Bool {
        let now = test.start + elapsed
        loader.load(until: now)
        for group in groups {
            _ = group.evaluate(at: now)
            failures += group.rules.filter { $0.health == .err }.map {
                .evaluation(rule: $0.rule.name, after: elapsed, error: $0.lastError)
            }
        }
        return failures.allSatisfy { !$0.isEvaluation }
    }

    private func check(_ expectation: AlertExpectation) {
        let firing = groups.flatMap { $0.alerts(named: expectation.alertName) }
            .filter { $0.state == .firing }
            .map { ExpectedAlert(labels: $0.labels, annotations: $0.annotations) }
        let (got, expected) = (firing.sorted(), expectation.alerts.sorted())
        guard got != expected else { return }
        failures.append(.alerts(test: test.name, expectation, expected: expected, got: got))
    }

    private func check(_ expectation: ExpressionExpectation) {
        do {
            let expression = try Expression.parse(expectation.text)
            let value = try evaluator.evaluate(expression, at: test.start + expectation.time).value
            let got = try samples(value).sorted { $0.labels < $1.labels }
            if let fault = expectation.fault {
                return failures.append(.expression(expectation, error: fault))
            }
            let expected = expectation.samples.sorted { $0.labels < $1.labels }
            guard !areEqual(got, expected) else { return }
            failures.append(.samples(expectation, expected: expected, got: got))
        } catch {
            let placed = (error as? EvaluationError)?.description(in: expectation.text)
            failures.append(.expression(expectation, error: placed ?? "\(error)"))
        }
    }

    private func samples(_ value: Value) throws(RuleError) -> [Sample] {
        switch value {
        case .vector(let samples): samples
        case .scalar(let number): [Sample(Labels(), number)]
        case .string, .matrix: throw .notVector
        }
    }

    private func areEqual(_ some: [Sample], _ others: [Sample]) -> Bool {
        some.count == others.count
            && zip(some, others).allSatisfy {
                $0.labels == $1.labels && $0.value.isSame(as: $1.value)
            }
    }
}

extension ExpectedAlert: Comparable {
    package static func < (one: Self, other: Self) -> Bool {
        (one.labels, one.annotations) < (other.labels, other.annotations)
    }
}

extension Double {
    /// Whether two values are one result.
    ///
    /// Sums depend on their order, which is nobody's business: the last digits are not compared.
    fileprivate func isSame(as other: Double) -> Bool {
        if self == other || (isNaN && other.isNaN) { return true }
        return abs(self - other) <= 1e-12 * max(magnitude, other.magnitude)
            && isFinite && other.isFinite
    }
}
