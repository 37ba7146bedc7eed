// RuleRows: the rules and how their last evaluation went, those that failed first.
import Drawing
import Events
import Wording
import WorldModel

struct RuleRows: Section {
    var order: String { "failed first" }

    func title(_ scene: Scene) -> String { "Rules" }
    func sum(_ scene: Scene) -> [Span] { AlertWords.rules(scene) }
    func rows(_ scene: Scene) -> Rows { .rules(scene.world.alerts.rules) }

    func emptiness(_ scene: Scene) -> String {
        scene.isStarting ? "starting" : "no rules are loaded; name their files under rules:"
    }

    private func rule(_ id: RowID, _ scene: Scene) -> RuleRecord? {
        guard case .rule(let id) = id else { return nil }
        return scene.world.alerts.rule(id)
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard let rule = rule(id, scene) else { return "" }
        let labels = rule.labels.pairs.map { "\($0.name)=\($0.value)" }
        return
            ([rule.name, rule.group, rule.file, rule.kind, rule.expression, rule.error] + labels)
            .joined(separator: " ")
    }

    let fields = [
        Field("rule", .word), Field("group", .word), Field("kind", .word),
        Field("health", .ranked(["ok", "unknown", "err"])), Field("age", .age),
        Field("took", .latency), Field("count", .count),
    ]

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let rule = rule(id, scene) else { return nil }
        switch field.name {
        case "rule": return .word(rule.name.lowercased())
        case "group": return .word(rule.group.lowercased())
        case "kind": return .word(rule.kind)
        case "age": return rule.evaluated.map { .number(Double((scene.now - $0).milliseconds)) }
        case "took": return rule.duration.map { .number(Double($0.microseconds)) }
        case "count": return .number(rule.count)
        default: break
        }
        guard case .ranked(let words) = field.unit else { return nil }
        return words.firstIndex(of: rule.health.rawValue).map { .number($0) }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("rule", Column("RULE", width: 16)),
            TableColumn("group", Column("GROUP", width: 8, min: 8, priority: 3), fits: true),
            TableColumn("kind", Column("KIND", width: 9, priority: 5)),
            TableColumn("health", Column("HEALTH", width: 7)),
            TableColumn("age", Column("AGE", width: 6, alignment: .right, priority: 2)),
            TableColumn("took", Column("TOOK", width: 6, alignment: .right, priority: 4)),
            TableColumn("count", Column("COUNT", width: 5, alignment: .right, priority: 1)),
            TableColumn("error", Column("ERROR", width: 20, min: 12, flex: 3, priority: 2)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard case .rule(let key) = id else { return Row() }
        guard let rule = rule(id, scene) else { return .gone(RuleRecord.name(in: key) ?? "") }
        let isSick = rule.health == .err
        return Row(
            sign: rule.health.sign(scene.glyphs), isSick: isSick,
            cells: [
                .text(rule.name, isSick ? .title : .text), .text(rule.group, .muted),
                .text(rule.kind, .faint), .text(rule.health.rawValue, rule.health.style),
                rule.evaluated.map { .text(scene.age(since: $0), .muted) } ?? .blank,
                rule.duration.map { .text(latency(microseconds: $0.microseconds), .muted) }
                    ?? .blank,
                .text(grouped(rule.count), rule.count > 0 ? .text : .muted),
                .text(rule.error.oneLine, .text),
            ])
    }
}

extension RuleRecord {
    var kind: String { isRecording ? "recording" : "alert" }
}

extension RuleRecord.Health {
    var style: Style {
        switch self {
        case .ok: .muted
        case .err: .critical
        case .unknown: .progress
        }
    }

    func sign(_ glyphs: Glyphs) -> Span? {
        switch self {
        case .ok: nil
        case .err: Span(glyphs.critical, .critical)
        case .unknown: Span(glyphs.unknown, .progress)
        }
    }
}
