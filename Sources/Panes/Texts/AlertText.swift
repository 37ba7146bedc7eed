// AlertText: all that is known of one alert, as a page.
import Drawing
import Events
import Wording
import WorldModel

enum AlertText {
    static func lines(_ alert: AlertRecord?, _ scene: Scene) -> [[Span]] {
        guard let alert else {
            let words =
                "It is not known any more: it was resolved a while ago, or its rule is gone."
            return [[Span(words, .muted)]]
        }
        let rule = scene.world.alerts.rule(of: alert)
        let condition = rule.map { Facts.lines("expression", $0.expression, .title) } ?? []
        var told = alert.annotations
        // A short one stands above already.
        if AlertSentences.isWhole(told["summary"]) { told["summary"] = "" }
        let owner = Facts.line("owner", OwnerWords.of(alert, scene))
        return condition + [times(alert, rule, scene), owner] + Facts.annotations(told)
            + Facts.labels("labels", alert.labels)
            + HistoryText.lines(alert.fingerprint, scene) + origin(alert, rule)
    }

    /// `00:07:20, 3m27s ago; for 30s; fired 00:07:50, 2m57s ago`.
    private static func times(
        _ alert: AlertRecord, _ rule: RuleRecord?, _ scene: Scene
    ) -> [Span] {
        func moment(_ word: String, _ moment: Instant?) -> [String] {
            moment.map { ["\(word)\($0.clock), \(scene.age(since: $0)) ago"] } ?? []
        }
        let hold = rule?.holdDuration.milliseconds ?? 0
        let words =
            moment("", alert.active)
            + (hold > 0 ? ["for \(length(milliseconds: hold))"] : [])
            + moment("fired ", alert.fired == alert.active ? nil : alert.fired)
            + moment("resolved ", alert.resolved)
        return Facts.line("holds since", words.joined(separator: "; "))
    }

    private static func origin(_ alert: AlertRecord, _ rule: RuleRecord?) -> [[Span]] {
        let whose =
            rule.map { "group \($0.group) in \($0.file)".oneLine }
            ?? alert.feed.map { "told by \($0)".oneLine } ?? "its rule is no longer loaded"
        return [
            Facts.line("rule", whose, .muted), Facts.line("fingerprint", alert.fingerprint, .muted),
        ]
    }

    /// When it was evaluated, and how old the data of the worlds are that its expression names;
    /// of what another engine tells, when that engine last answered.
    static func source(_ id: AlertRecord.ID, _ scene: Scene) -> [Span] {
        guard let alert = scene.world.alerts[id] else { return [] }
        if let feed = alert.feed {
            return scene.source(of: scene.world.feeds[feed].map { [$0] } ?? [])
        }
        let age = freshness(milliseconds: (scene.now - alert.evaluated).milliseconds)
        let expression = scene.world.alerts.rule(of: alert)?.expression ?? ""
        let sources = worlds(expression, scene).map { scene.source($0) }
        return joined(sources + [[Span("evaluated \(age) ago", .muted)]])
    }

    /// The worlds whose series begin with their names; series of other names are scraped.
    private static func worlds(_ expression: String, _ scene: Scene) -> [WatchedWorld] {
        let names: [(prefix: String, world: WatchedWorld)] = [
            ("registry_", .registry), ("config_", .config), ("saga_", .sagas), ("trace_", .traces),
        ]
        let ours = names.filter { expression.contains($0.prefix) }.map(\.world)
        return ours.isEmpty && scene.watches(.metrics) ? [.metrics] : ours
    }
}
