// RuleSource: a big engine that evaluates the rules of groups which name it.
import Alerting
import Events
package import Feeds
import PromQL

/// A Prometheus, Thanos, Mimir or VictoriaMetrics, asked with the deadline and budget of its feed.
package struct RuleSource: Sendable {
    private let api: PrometheusAPI

    package init(_ api: PrometheusAPI) { self.api = api }

    /// Asks one expression after the other, in the order of the rules.
    ///
    /// Where the engine cannot be reached the rest is not tried: each try may take its whole deadline.
    func reply(to question: RuleQuestion, clock: SessionClock) async -> RuleReply {
        var reply = RuleReply(question: question, answers: [])
        for expression in question.expressions {
            if reply.isUnavailable, let last = reply.answers.last {
                reply.answers.append(last)
                continue
            }
            let began = clock.elapsed
            do throws(PrometheusError) {
                let answer = try await api.query(expression, at: question.moment)
                reply.answers.append(answer.ruleAnswer(after: clock.elapsed - began))
            } catch {
                if case .unavailable = error { reply.isUnavailable = true }
                let duration = clock.elapsed - began
                reply.answers.append(RuleAnswer(failure: "\(error)", after: duration))
            }
        }
        return reply
    }
}

extension RuleQuestion {
    /// The reply where no feed has the name of the source.
    var unasked: RuleReply {
        let answer = RuleAnswer(failure: "there is no source \(source)")
        return RuleReply(question: self, answers: expressions.map { _ in answer })
    }
}

extension PrometheusAnswer {
    /// Half an answer is none: what is missing in it would resolve alerts.
    fileprivate func ruleAnswer(after duration: Duration) -> RuleAnswer {
        if let warning = warnings.first(where: { !$0.hasPrefix("PromQL ") }) {
            return RuleAnswer(
                failure: "only part of the data answered: \(warning)", after: duration)
        }
        switch result {
        case .scalar(let point):
            return RuleAnswer([Sample(Labels(), point.value)], after: duration)
        case .vector(let series):
            let samples = series.compactMap { series in
                series.points.first.map { Sample(series.labels, $0.value) }
            }
            return RuleAnswer(samples, after: duration)
        case .string, .matrix:
            return RuleAnswer(failure: "rule result is not a vector or scalar", after: duration)
        }
    }
}
