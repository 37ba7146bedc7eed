// Evaluator: answers PromQL expressions from a store's series.
package import Events

/// How much one evaluation may take.
package struct EvaluationLimits: Sendable {
    /// Samples that one moment of a query may read; also the steps and points that a query may have.
    package var samples: Int
    /// Series that one selector may match.
    package var series: Int
    package var lookback: Duration
    /// The step of a subquery that names none.
    package var subqueryStep: Duration

    package init(
        samples: Int = 20_000_000, series: Int = 500_000, lookback: Duration = .seconds(300),
        subqueryStep: Duration = .seconds(60)
    ) {
        self.samples = samples
        self.series = series
        self.lookback = lookback
        self.subqueryStep = subqueryStep
    }
}

/// Evaluates expressions over one store, on the thread that appends to it.
///
/// What expressions share is computed once for a moment, as long as none of the metrics it reads
/// changes: evaluating all rules of a round one after the other is enough to gain by it.
/// The semantics are those of Prometheus 3.14 at its default flags, for float samples.
package final class Evaluator {
    package let limits: EvaluationLimits
    /// Asked now and then: why the evaluation is to be given up, or nil.
    package var interruption: () -> Interruption? = { nil }
    private let store: SeriesStore
    private var planner: Planner
    /// The one row of scalars that became vectors.
    let single = LabelColumn.single()

    package init(_ store: SeriesStore, limits: EvaluationLimits = EvaluationLimits()) {
        self.store = store
        self.limits = limits
        planner = Planner(store)
    }

    /// The value of an expression at one moment.
    package func evaluate(
        _ expression: Expression, at time: Instant
    ) throws(EvaluationError) -> Answer {
        let now = time.bounded
        let node = try planner.node(for: expression)
        let run = Evaluation(store, QuerySpan(start: now, end: now, step: 0), self)
        let value: Value =
            switch node.type {
            case .matrix: .matrix(try run.matrix(node, at: now).series)
            case .scalar, .string, .vector:
                switch try run.evaluate(node, at: now) {
                case .scalar(let number): .scalar(number)
                case .string(let text): .string(text)
                case .vector(let vector): .vector(vector.samples)
                }
            }
        return Answer(value: value, annotations: run.notes.annotations(in: expression))
    }

    /// The values of a scalar or vector expression at `start` and each step after it, until `end`.
    ///
    /// Series come in the order of their labels; one that has no value at any step is not there.
    package func evaluate(
        _ expression: Expression, from start: Instant, to end: Instant, step: Duration
    ) throws(EvaluationError) -> Answer {
        let node = try planner.node(for: expression)
        guard node.type == .scalar || node.type == .vector else {
            throw .invalidArgument(
                "invalid expression type \(node.type.documented.quoted) for range query, "
                    + "must be Scalar or instant Vector")
        }
        let span = QuerySpan(
            start: start.bounded, end: end.bounded, step: max(1, step.milliseconds))
        let run = Evaluation(store, span, self)
        var series = try run.steps(of: node, from: span.start, to: span.end, step: span.step).series
        series.sort { $0.labels < $1.labels }
        return Answer(value: .matrix(series), annotations: run.notes.annotations(in: expression))
    }
}
