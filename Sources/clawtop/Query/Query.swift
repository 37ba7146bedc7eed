// Query: `clawtop query`: a PromQL expression over what the feeds tell, or on a big engine.
import Alerting
import Engine
import Events
import Feeds
import Network
import PromQL
import Wording
import WorldModel

/// Prints the answer; warnings, infos, feeds that are blind and rules that cannot be used are said on
/// standard error.
func runQuery(_ plan: WatchPlan, _ invocation: Invocation) -> Outcome {
    do {
        let answer =
            if let source = invocation.query.source {
                try ask(try plan.prometheus(named: source), invocation.query)
            } else {
                try ask(plan, invocation)
            }
        var outcome = Outcome(.ok, answer.text(invocation.format))
        outcome.warn(answer.warnings + answer.infos)
        return outcome
    } catch {
        return error.outcome(invocation.format)
    }
}

/// Asks what is watched: opens the feeds, waits until each has answered or failed, evaluates.
private func ask(
    _ plan: WatchPlan, _ invocation: Invocation
) throws(QueryFailure) -> QueryAnswer {
    let question = invocation.query
    let expression: Expression
    do throws(ParseError) {
        expression = try Expression.parse(question.expression)
    } catch {
        throw QueryFailure(
            code: .usage, message: error.description.harmless,
            shown: error.pointed(in: question.expression))
    }
    let rules = plan.rules.read()
    let series = LiveSeries(for: expression, rules: rules.groups)
    let engine = plan.engine(traceWindow: invocation.window, series: series)
    let watching = invocation.watching
    let world = waiting {
        engine.start()
        if watching > .zero { try? await Task.sleep(for: watching) }
        await engine.waitUntilEveryFeedAnsweredOrFailed(deadline: plan.deadline)
        let world = engine.world
        await engine.stop()
        return world
    }
    let troubles = rules.problems + series.concludeRules().compactMap(\.trouble)
    var answer = try evaluate(expression, question, over: series, past: watching, world)
    answer.warnings += troubles + series.leftOut.map(\.absence)
    return answer
}

private func evaluate(
    _ expression: Expression, _ question: Question, over series: LiveSeries, past: Duration,
    _ world: World
) throws(QueryFailure) -> QueryAnswer {
    let time: Question.Time
    do throws(QuestionError) {
        time = try question.time(now: world.now, past: past)
    } catch {
        throw QueryFailure(code: .usage, message: "\(error)")
    }
    do throws(EvaluationError) {
        let answer = try series.answer { (evaluator) throws(EvaluationError) in
            switch time {
            case .moment(let at): try evaluator.evaluate(expression, at: at)
            case .span(let start, let end, let step):
                try evaluator.evaluate(expression, from: start, to: end, step: step)
            }
        }
        let remarks = { (severity: Annotation.Severity) in
            answer.annotations.filter { $0.severity == severity }
                .map { $0.description(in: question.expression) }
        }
        return QueryAnswer(
            answer.value, at: time, warnings: remarks(.warning) + world.blindness,
            infos: remarks(.info))
    } catch {
        throw QueryFailure(
            code: .failed, message: error.description(in: question.expression).harmless)
    }
}

/// Lets the engine behind a feed answer, in its own dialect.
private func ask(_ settings: FeedSettings, _ question: Question) throws(QueryFailure) -> QueryAnswer
{
    let client = CurlClient.shared
    let api = PrometheusAPI(settings: settings, client: client, resolver: NewestWorld())
    let time: Question.Time
    do throws(QuestionError) {
        time = try question.time(now: SystemClock().wall, past: .seconds(3600))
    } catch {
        throw QueryFailure(code: .usage, message: "\(error)")
    }
    let result = waiting { () async -> Result<PrometheusAnswer, PrometheusError> in
        do throws(PrometheusError) {
            switch time {
            case .moment(let at): return .success(try await api.query(question.expression, at: at))
            case .span(let start, let end, let step):
                return .success(
                    try await api.query(question.expression, from: start, to: end, step: step))
            }
        } catch {
            return .failure(error)
        }
    }
    switch result {
    case .success(let answer): return QueryAnswer(answer)
    case .failure(let error): throw QueryFailure(code: error.code, message: "\(error)".harmless)
    }
}

extension WatchPlan {
    fileprivate func prometheus(named name: String) throws(QueryFailure) -> FeedSettings {
        let engines = feeds.filter { $0.kind == .prometheus }
        if let engine = engines.first(where: { $0.name == name }) { return engine }
        let known = engines.map(\.name)
        let remedy =
            known.isEmpty
            ? "name one with --feed prometheus=http://HOST:9090"
            : "one of \(known.joined(separator: ", "))\(suggestion(for: name, among: known))"
        throw QueryFailure(
            code: .usage, message: "--source \(name) is no prometheus feed; \(remedy)".harmless)
    }
}

extension PrometheusError {
    fileprivate var code: Outcome.Code {
        switch self {
        case .unavailable: .blind
        case .rejected: .usage
        case .unanswered: .failed
        }
    }
}

extension RuleGroup {
    /// That what it makes is not in an answer, and who knows it.
    fileprivate var absence: String {
        "group \"\(name)\" of \(file) is evaluated by \(source ?? ""), not here: what it records and "
            + "raises is not in the answer"
    }
}

extension World {
    /// A sentence for each feed that an answer lacks.
    fileprivate var blindness: [String] {
        feeds.all.filter { $0.condition != .live }.map {
            "\($0.source.id) is \($0.condition.rawValue): \($0.reason)"
        }
    }
}
