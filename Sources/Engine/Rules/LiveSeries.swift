// LiveSeries: the series of everything that is watched, for whoever asks a question about them.
package import Alerting
package import Events
package import PromQL
import Synchronization
import WorldModel

/// Kept beside the loop while a query waits for its feeds; rules have a store of their own.
package final class LiveSeries: Sendable {
    private struct State {
        let evaluator: Evaluator
        var sampler: Sampler
        var touched = Touched()
        /// Evaluated in this order where what is asked may be theirs.
        let groups: [RuleGroupEvaluation]
        var now = Instant(milliseconds: 0)
    }

    private let state: Mutex<State>
    /// Groups that big engines evaluate, and nobody here: what is asked for may be theirs, too.
    package let leftOut: [RuleGroup]

    /// Keeps what `expression` reads; where that is written by rules, what these read, too.
    package init(for expression: Expression, rules: [RuleGroup] = []) {
        let store = SeriesStore()
        let evaluator = Evaluator(store)
        let isTold = rules.contains { $0.writes(any: expression.metricNames) }
        let told = isTold ? rules : []
        let groups = told.filter { $0.source == nil }
            .map { RuleGroupEvaluation($0, store: store, evaluator: evaluator) }
        let reads = [expression.metricNames] + groups.map(\.metricNames)
        leftOut = told.filter { group in
            group.source != nil && reads.contains { group.writes(any: $0) }
        }
        state = Mutex(
            State(
                evaluator: evaluator,
                sampler: Sampler(store, for: MetricInterest(allNames: reads)), groups: groups))
    }

    /// Takes note of a new world and of what led to it.
    func note(_ world: World, _ events: [Event]) {
        state.withLock { state in
            for event in events { state.touched.note(event) }
            _ = state.sampler.sample(state.touched, of: world)
            state.touched.clear()
            state.now = world.now
        }
    }

    /// Evaluates the rules once, over what is known by now.
    ///
    /// - Returns: how they did.
    package func concludeRules() -> [RuleRecord] {
        state.withLock { state in
            for group in state.groups { _ = group.evaluate(at: state.now) }
            return state.groups.flatMap(\.ruleRecords)
        }
    }

    /// What `ask` evaluates.
    package func answer(
        _ ask: @Sendable (Evaluator) throws(EvaluationError) -> Answer
    ) throws(EvaluationError) -> Answer {
        let result = state.withLock { state -> Result<Answer, EvaluationError> in
            do throws(EvaluationError) {
                return .success(try ask(state.evaluator))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
