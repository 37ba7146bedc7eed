// LiveSeries: the series of everything that is watched, for whoever asks a question about them.
import Events
package import PromQL
import Synchronization
import WorldModel

/// Kept beside the loop while a query waits for its feeds; rules have a store of their own.
package final class LiveSeries: Sendable {
    private struct State {
        let evaluator: Evaluator
        var sampler: Sampler
        var touched = Touched()
    }

    private let state: Mutex<State>

    /// Keeps what `expression` reads.
    package init(for expression: Expression) {
        let store = SeriesStore()
        let interest = MetricInterest(expression.metricNames)
        state = Mutex(
            State(evaluator: Evaluator(store), sampler: Sampler(store, for: interest)))
    }

    /// Takes note of a new world and of what led to it.
    func note(_ world: World, _ events: [Event]) {
        state.withLock { state in
            for event in events { state.touched.note(event) }
            _ = state.sampler.sample(state.touched, of: world)
            state.touched.clear()
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
