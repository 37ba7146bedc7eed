import Events
import PromQL
import TestKit
import Testing

/// Rules of real teams, over series made to be read by them.
struct RealRulesTests {
    @Test(.enabled(if: SharedMaterial.has("promql/corpus"), SharedMaterial.missing))
    func `rules of real teams are evaluated, or fail as they would in Prometheus`() throws {
        let rules = SharedMaterial.ruleExpressions.compactMap { try? Expression.parse($0) }
        try #require(rules.count > 1000)
        let store = SeriesStore()
        for selector in Set(rules.flatMap(\.selectors).map(\.matchers)) { store.fill(selector) }
        let evaluator = Evaluator(store)
        var answers = 0
        for (place, rule) in rules.enumerated() {
            do throws(EvaluationError) {
                if case .vector(let samples) = try evaluator.evaluate(rule, at: .at(600)).value {
                    answers += samples.isEmpty ? 0 : 1
                }
                guard place % 10 == 0 else { continue }
                _ = try evaluator.evaluate(
                    rule, from: .at(540), to: .at(600), step: .seconds(30))
            } catch {
                switch error {
                case .duplicateSeries, .manyToOne, .ambiguousGrouping, .sameLabels: continue
                default: Issue.record("\(rule): \(error)")
                }
            }
        }
        #expect(answers > rules.count / 4)
    }
}

extension SeriesStore {
    /// Two series for a selector, where its equalities make one.
    fileprivate func fill(_ matchers: [Matcher]) {
        for instance in ["a", "b"] {
            var labels = Labels(["__name__": "any", "instance": instance, "le": "+Inf"])
            for matcher in matchers where matcher.operation == .equal {
                labels[matcher.name] = matcher.value
            }
            for tick in 0...40 { append(Double(tick), to: labels, at: .at(Double(tick) * 15)) }
        }
    }
}
