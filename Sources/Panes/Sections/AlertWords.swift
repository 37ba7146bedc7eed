// AlertWords: alerts, where they are and how they stand, in a few words.
import Drawing
import Events
import Glibc
import Wording
import WorldModel

enum AlertWords {
    /// What people call things by; other labels are named.
    private static let telling = ["instance", "saga", "operation", "key", "check", "feed"]
    /// Most alerts have them, and they are long: of what differs they come last.
    private static let usual = ["instance", "job"]
    /// Said by other columns.
    private static let said = ["alertname", "severity", "service"]

    /// What tells it from others of its name, the service first: `payment-2`, `order key=timeout`.
    static func place(of alert: AlertRecord, _ scene: Scene) -> String {
        let rule = scene.world.alerts.rule(of: alert)
        let differing = scene.world.alerts.labelsThatDiffer(in: alert.name)
        var words = alert.service.map { [$0] } ?? []
        for name in names(of: alert.labels, differing) where !said.contains(name) {
            let value = alert.labels[name]
            guard !value.isEmpty, !words.contains(value), value != scene.world.environment,
                differing.contains(name) || rule.map({ tells(name, value, of: $0) }) ?? true
            else { continue }
            // An instance is mostly called after its service.
            if let first = words.first, value.hasPrefix(first), name == "instance" {
                words[0] = value
            } else {
                words.append(telling.contains(name) ? value : "\(name)=\(value)")
            }
            if words.count == 4 { break }
        }
        return words.joined(separator: " ").oneLine
    }

    /// The names of labels in the order in which they are worth their room.
    private static func names(of labels: Labels, _ differing: Set<String>) -> [String] {
        let names = telling + labels.pairs.map(\.name).filter { !telling.contains($0) }
        guard !differing.isEmpty else { return names }
        let first = names.filter { differing.contains($0) && !usual.contains($0) }
        let then = usual.filter(differing.contains)
        return first + then + names.filter { !differing.contains($0) }
    }

    /// What a rule asks for, or gives to all its alerts, tells nothing apart.
    private static func tells(_ name: String, _ value: String, of rule: RuleRecord) -> Bool {
        // The library's, because the standard one takes a tenth of a frame for it.
        rule.labels[name] != value && strstr(rule.expression, "\(name)=\"\(value)\"") == nil
    }

    /// `4m12s`, `pending 2m of 5m`, `resolved 3m ago`.
    static func since(_ alert: AlertRecord, _ scene: Scene) -> [Span] {
        switch alert.state {
        case .firing, .acknowledged:
            return [Span(scene.age(since: alert.begin), .text)] + doubt(alert, scene)
        case .resolved:
            let ago = (scene.now - (alert.resolved ?? alert.evaluated)).milliseconds
            return [Span("resolved \(briefAge(milliseconds: ago)) ago", .muted)]
        case .pending:
            let held = briefAge(milliseconds: (scene.now - alert.active).milliseconds)
            let hold = scene.world.alerts.rule(of: alert)?.holdDuration
            let goal = hold.map { " of \(length(milliseconds: $0.milliseconds))" } ?? ""
            return [Span("pending ", .progress), Span("\(held)\(goal)", .muted)]
                + doubt(alert, scene)
        }
    }

    /// A source that is blind resolves nothing, and confirms nothing.
    private static func doubt(_ alert: AlertRecord, _ scene: Scene) -> [Span] {
        scene.world.hasNoData(alert) ? [Span(", ", .muted), Span("no data", .progress)] : []
    }

    /// `2 firing · 1 pending · 3 resolved`.
    ///
    /// Where something fires that asks nobody any more (`hasQuiet`), it is not said that nothing does.
    static func count(
        firing: Int, worst: Severity?, pending: Int, resolved: Int = 0, hasQuiet: Bool = false
    ) -> [Span] {
        joined([
            firing == 0
                ? (hasQuiet ? [] : [Span("nothing fires", .muted)])
                : [Span("\(grouped(firing)) firing", (worst ?? .info).style)],
            pending == 0 ? [] : [Span("\(grouped(pending)) pending", .progress)],
            resolved == 0 ? [] : [Span("\(grouped(resolved)) resolved", .muted)],
        ])
    }

    /// `1 acked · 2 muted`: what fires and asks nobody any more.
    static func quiet(_ alerts: Alerts) -> [Span] {
        joined([
            alerts.acknowledged == 0
                ? [] : [Span("\(grouped(alerts.acknowledged)) acked", .info)],
            alerts.muted == 0 ? [] : [Span("\(grouped(alerts.muted)) muted", .muted)],
        ])
    }

    /// `14 rules, all healthy`; with `findings` what is wrong with their files is counted too.
    static func rules(_ scene: Scene, findings: Bool = false) -> [Span] {
        let alerts = scene.world.alerts
        let total = counted(alerts.rules.count, "rule")
        let (failing, healthy) = (alerts.healths[.err] ?? 0, alerts.healths[.ok] ?? 0)
        let isWell = healthy > 0 && healthy == alerts.rules.count
        let rules =
            failing > 0
            ? Span("\(counted(failing, "rule fails", "rules fail"))", .critical)
            : Span(isWell ? "\(total), all healthy" : total, .muted)
        let problems = scene.world.problems
        guard findings, let first = problems.first else { return [rules] }
        let more = problems.count > 1 ? " and \(problems.count - 1) more" : ""
        let words = "\(scene.glyphs.critical) \(first.oneLine.prefix(80))\(more)"
        return [Span(words, .critical), Span(" · ", .muted), rules]
    }
}

extension Severity {
    var style: Style {
        switch self {
        case .critical: .critical
        case .warning: .warning
        case .info: .info
        }
    }

    func sign(_ glyphs: Glyphs) -> Span {
        switch self {
        case .critical: Span(glyphs.critical, .critical)
        case .warning: Span(glyphs.warning, .warning)
        case .info: Span(glyphs.info, .info)
        }
    }

    /// As sick as a service is that has it.
    var health: Health {
        switch self {
        case .critical: .critical
        case .warning: .warning
        case .info: .passing
        }
    }
}

extension AlertRecord {
    func sign(_ glyphs: Glyphs) -> Span {
        switch state {
        case .firing where !isMuted: severity.sign(glyphs)
        case .acknowledged where !isMuted: Span(glyphs.owned, .info)
        case .firing, .acknowledged: Span(glyphs.none, .muted)
        case .pending: Span(glyphs.progress, .progress)
        case .resolved: Span(glyphs.done, .ok)
        }
    }
}
