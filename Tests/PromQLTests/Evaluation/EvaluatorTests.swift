import Events
import Testing

@testable import PromQL

/// Limits, sharing, and trees that no parser made.
struct EvaluatorTests {
    private let store = SeriesStore()

    init() {
        for number in 0..<10 {
            let labels = Labels(["__name__": "metric_total", "number": "\(number)"])
            for second in stride(from: 0.0, through: 300, by: 15) {
                store.append(second, to: labels, at: .at(second))
            }
        }
    }

    private func evaluate(
        _ text: String, limits: EvaluationLimits = EvaluationLimits()
    ) throws -> Value {
        try Evaluator(store, limits: limits).evaluate(try Expression.parse(text), at: .at(300))
            .value
    }

    @Test func `a query that reads too much is given up`() {
        #expect(throws: EvaluationError.tooManySamples(limit: 100)) {
            try evaluate("sum(rate(metric_total[5m]))", limits: EvaluationLimits(samples: 100))
        }
        #expect(throws: EvaluationError.tooManySeries(limit: 5)) {
            try evaluate("metric_total", limits: EvaluationLimits(series: 5))
        }
    }

    @Test func `a query with endless steps is given up before the first`() throws {
        let evaluator = Evaluator(store, limits: EvaluationLimits(samples: 1000))
        #expect(throws: EvaluationError.tooManySamples(limit: 1000)) {
            try evaluator.evaluate(
                try Expression.parse("none"), from: .at(0), to: .at(1e9), step: .seconds(1))
        }
        #expect(throws: EvaluationError.tooManySamples(limit: 1000)) {
            try evaluator.evaluate(try Expression.parse("rate(none[1y:1ms])"), at: .at(0))
        }
        #expect(throws: EvaluationError.tooManySamples(limit: 1000)) {
            let nested = "deriv(deriv(deriv(none[20s:1s])[20s:1s])[20s:1s])"
            return try evaluator.evaluate(try Expression.parse(nested), at: .at(0))
        }
    }

    @Test func `each moment of a query may read as much as the first`() throws {
        let evaluator = Evaluator(store, limits: EvaluationLimits(samples: 1000))
        let rate = try Expression.parse("sum(rate(metric_total[5m]))")
        let answer = try evaluator.evaluate(
            rate, from: .at(0), to: .at(300), step: .seconds(1))
        guard case .matrix(let series) = answer.value else { return }
        #expect(series.first?.points.count == 286)
    }

    @Test(arguments: [Interruption.cancelled, .timeLimit])
    func `whoever waits no longer says so`(interruption: Interruption) throws {
        let evaluator = Evaluator(store)
        evaluator.interruption = { interruption }
        let expression = try Expression.parse("sum(metric_total)")
        #expect(throws: EvaluationError.interrupted(interruption)) {
            try evaluator.evaluate(expression, at: .at(300))
        }
    }

    @Test func `a remark of a shared part names its place in each expression`() throws {
        let evaluator = Evaluator(store)
        for (text, columns) in [
            ("quantile(2, metric_total)", [10]), ("1 + quantile(2, metric_total)", [14]),
            ("quantile(2, metric_total) + quantile(2, metric_total)", [10, 38]),
        ] {
            let answer = try evaluator.evaluate(try Expression.parse(text), at: .at(300))
            #expect(
                answer.annotations.map { $0.description(in: text) }
                    == columns.map {
                        "PromQL warning: quantile value should be between 0 and 1, got 2 (1:\($0))"
                    })
        }
    }

    @Test func `what an expression reads is known before it is evaluated`() throws {
        let expression = try Expression.parse(
            #"sum(rate(a_total{x="1"}[5m])) / on() b > bool max_over_time(c[5m:1m])"#)
        #expect(expression.selectors.map(\.name) == ["a_total", "b", "c"])
        #expect(expression.metricNames == ["a_total", "b", "c"])
        #expect(try Expression.parse(#"a + {job="x"}"#).metricNames == nil)
    }

    @Test func `a tree of the wrong types is refused`() {
        let position = Position(0, 0)
        let text = Expression.string(StringLiteral(value: "x", position: position))
        let negation = UnaryOperation(isNegation: true, expression: text, position: position)
        let call = Call(function: "abs", arguments: [text], position: position)
        for expression in [Expression.unary(negation), .call(call)] {
            #expect(throws: EvaluationError.mistyped(position)) {
                try Evaluator(store).evaluate(expression, at: .at(0))
            }
        }
    }

    @Test func `what the parser reads at its deepest is evaluated`() throws {
        let text =
            String(repeating: "sum(", count: 248) + "metric_total"
            + String(repeating: ")", count: 248)
        #expect(try evaluate(text) == .vector([Sample(Labels(), 3000)]))
        let choice = (0..<120).map { "metric_total > \($0)" }.joined(separator: " or ")
        guard case .vector(let samples) = try evaluate(choice) else { return }
        #expect(samples.count == 10)
    }

    @Test func `a tree that is too deep is refused`() {
        var expression = Expression.number(
            NumberLiteral(value: 1, isDuration: false, position: Position(0, 0)))
        for _ in 0..<1000 {
            expression = .unary(
                UnaryOperation(isNegation: true, expression: expression, position: Position(0, 0)))
        }
        #expect(throws: EvaluationError.tooDeep(Position(0, 0))) {
            try Evaluator(store).evaluate(expression, at: .at(0))
        }
    }

    @Test func `what needs native histograms or a feature flag is refused by name`() {
        #expect(throws: EvaluationError.notSupported("histogram_count()", Position(0, 29))) {
            try evaluate("histogram_count(metric_total)")
        }
        let text = "1 +\n  histogram_count(metric_total)"
        let error = #expect(throws: EvaluationError.self) { try evaluate(text) }
        #expect(error?.description(in: text) == "2:3: histogram_count() is not supported here")
    }

    @Test(arguments: [Int64.min, Int64.max])
    func `moments beyond the calendar are survived`(milliseconds: Int64) throws {
        let expression = try Expression.parse("rate(metric_total[5m] offset 1y) + timestamp(up)")
        let time = Instant(milliseconds: milliseconds)
        #expect(try Evaluator(store).evaluate(expression, at: time).value == .vector([]))
    }
}
