// AlertSentences: what an alert says, and its value against what it is held to, in words.
import Drawing
import Events
import Wording
import WorldModel

enum AlertSentences {
    /// `critical · firing for 4m12s`.
    static func sum(_ alert: AlertRecord?, _ scene: Scene) -> [Span] {
        guard let alert else { return [Span("no longer known", .muted)] }
        let isLoud = alert.state.isFiring
        let sign = alert.sign(scene.glyphs)
        let severity = Span(
            "\(sign.text) \(alert.severity.rawValue)", isLoud ? sign.style : .muted)
        let since = isLoud ? [Span("firing for ", .text)] : []
        return joined([[severity], since + AlertWords.since(alert, scene)])
    }

    static func of(_ alert: AlertRecord?, _ scene: Scene) -> [Span] {
        guard let alert else { return [Span("It was resolved, or its rule is gone.", .muted)] }
        let rule = scene.world.alerts.rule(of: alert)
        let label = Span(alert.state == .resolved ? "Its last value:" : "Value", .text)
        return summary(alert.annotations["summary"])
            + (alert.hasValue ? [label] + value(alert, rule) + [Span(".", .text)] : [])
            + [Span(course(alert, rule, scene), .muted)]
            + (alert.suppression.map { [Span($0.sentence(scene), .muted)] } ?? [])
    }

    /// A summary that is longer stands among the other annotations: the value must be seen.
    static func isWhole(_ summary: String) -> Bool { summary.count <= 140 }

    /// As a sentence.
    private static func summary(_ text: String) -> [Span] {
        guard let last = text.last else { return [] }
        let end = !isWhole(text) ? "…" : ".!?".contains(last) ? "" : "."
        return [Span(text.prefix(140).oneLine + end, .title)]
    }

    /// `3, above 2`.
    static func value(_ alert: AlertRecord, _ rule: RuleRecord?) -> [Span] {
        let style = alert.state.isFiring ? alert.severity.style.bold : Style.text
        let threshold = rule.flatMap { Threshold(of: $0.expression) }
        return [Span(figure(alert.value), style)]
            + (threshold.map { [Span(", \($0.words) \(figure($0.value))", .text)] } ?? [])
    }

    /// Since when its condition holds, and what that comes to.
    private static func course(
        _ alert: AlertRecord, _ rule: RuleRecord?, _ scene: Scene
    ) -> String {
        let hold = rule.map { $0.holdDuration.milliseconds } ?? 0
        let length = length(milliseconds: hold)
        switch alert.state {
        case .pending:
            return
                "It has held since \(alert.active.clock)\(hold > 0 ? ", and fires after \(length)" : "")."
        case .firing, .acknowledged:
            let after = hold > 0 ? ", after it had held for \(length)" : ""
            return "It fired at \(alert.begin.clock)\(after)."
        case .resolved:
            let end = alert.resolved.map { " and was resolved at \($0.clock)" } ?? ""
            return "It fired at \(alert.begin.clock)\(end)."
        }
    }
}
