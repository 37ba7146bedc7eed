// RuleText: one rule whole, with what its last evaluation came to.
import Drawing
import Events
import Wording
import WorldModel

enum RuleText {
    static func sum(_ rule: RuleRecord?, _ scene: Scene) -> [Span] {
        guard let rule else { return [] }
        let when = rule.evaluated.map {
            "evaluated \(freshness(milliseconds: (scene.now - $0).milliseconds)) ago"
        }
        let state = [Span(rule.health.rawValue, rule.health.style)]
        return joined([state, [Span(when ?? "not evaluated yet", .muted)]])
    }

    static func lines(_ rule: RuleRecord?, _ scene: Scene) -> [[Span]] {
        guard let rule else { return [[Span("It is no longer loaded.", .muted)]] }
        let made = rule.isRecording ? "series" : "pending or firing"
        let took = rule.duration.map { "took \(latency(microseconds: $0.microseconds))" }
        let result = ["\(grouped(rule.count)) \(made)"] + (took.map { [$0] } ?? [])
        return Facts.lines("error", rule.error, .critical)
            + [Facts.line(rule.isRecording ? "records" : "alert", rule.name.oneLine, .title)]
            + Facts.lines("expression", rule.expression, .title)
            + (rule.holdDuration > .zero
                ? [Facts.line("for", length(milliseconds: rule.holdDuration.milliseconds))] : [])
            + Facts.labels("labels", rule.labels) + Facts.annotations(rule.annotations)
            + [
                Facts.line("result", result.joined(separator: ", "), .muted),
                Facts.line("group", "\(rule.group) in \(rule.file)".oneLine, .muted),
            ]
    }
}
