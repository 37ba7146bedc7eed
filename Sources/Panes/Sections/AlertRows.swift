// AlertRows: what fires and what may soon, the loudest first.
import Drawing
import Events
import Wording
import WorldModel

struct AlertRows: Section {
    var order: String { "" }

    func title(_ scene: Scene) -> String { scene.subject.map { "Alerts of \($0)" } ?? "Alerts" }

    func sum(_ scene: Scene) -> [Span] {
        let alerts = scene.world.alerts
        switch scene.place {
        case .view(.overview):
            let count = AlertWords.count(
                firing: alerts.firing, worst: alerts.worst, pending: alerts.pending,
                hasQuiet: alerts.acknowledged + alerts.muted > 0)
            return joined([
                count, AlertWords.quiet(alerts), AlertWords.rules(scene, findings: true),
            ])
        case .view(.alerts):
            let count = AlertWords.count(
                firing: alerts.firing, worst: alerts.worst, pending: alerts.pending,
                resolved: alerts.all.count - alerts.open.count,
                hasQuiet: alerts.acknowledged + alerts.muted > 0)
            return joined([count, AlertWords.quiet(alerts)])
        case .rule(let id):
            let count = alerts.rule(id)?.count ?? 0
            return count > 0 ? [] : AlertWords.count(firing: 0, worst: nil, pending: 0)
        default:
            guard let subject = scene.subject else { return [] }
            let firing = alerts.firing(of: subject)
            let open = alerts.open(of: subject)
            let pending = open.count { $0.state == .pending }
            let had = open.count - firing.count - pending
            return joined([
                AlertWords.count(
                    firing: firing.count, worst: firing.first?.severity, pending: pending,
                    hasQuiet: had > 0),
                had == 0 ? [] : [Span("\(grouped(had)) acked or muted", .info)],
            ])
        }
    }

    func rows(_ scene: Scene) -> Rows {
        let alerts = scene.world.alerts
        switch scene.place {
        case .view(.alerts): return .alerts(alerts.all[...])
        case .about(.alerts, let name): return .alerts(alerts.of(name)[...])
        case .rule(let id): return .list(alerts.open.filter { $0.rule == id }.map { .alert($0.id) })
        default: return .alerts(scene.subject.map(alerts.open(of:)) ?? alerts.open)
        }
    }

    /// On a card the titles are clear without words.
    func hasHead(_ scene: Scene) -> Bool {
        switch scene.place {
        case .view(.overview): !scene.world.alerts.open.isEmpty
        case .service, .rule: false
        default: true
        }
    }

    func emptiness(_ scene: Scene) -> String {
        if scene.isStarting { return "starting" }
        return scene.hasRules
            ? "nothing fires" : "no rules are loaded; name their files under rules:"
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard let alert = scene.alert(id) else { return "" }
        let labels = alert.labels.pairs.map { "\($0.name)=\($0.value)" }
        return ([alert.name, alert.state.rawValue, alert.annotations["summary"]] + labels)
            .joined(separator: " ")
    }

    let fields = [
        Field("severity", .ranked(Severity.allCases.map(\.rawValue))), Field("name", .word),
        Field("service", .word), Field("since", .age), Field("value", .count),
        Field("state", .ranked(["resolved", "pending", "acknowledged", "firing"])),
    ]

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let alert = scene.alert(id) else { return nil }
        switch field.name {
        case "name": return .word(alert.name.lowercased())
        case "service": return alert.service.map { .word($0.lowercased()) }
        case "since": return .number(Double((scene.now - alert.begin).milliseconds))
        case "value": return alert.value.isNaN ? nil : .number(alert.value)
        default: break
        }
        guard case .ranked(let words) = field.unit else { return nil }
        let word = field.name == "state" ? alert.state.rawValue : alert.severity.rawValue
        return words.firstIndex(of: word).map { .number($0) }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("severity", Column("SEVERITY", width: 8, priority: 4)),
            TableColumn("name", Column("ALERT", width: 16), fits: true, roomy: 21),
            TableColumn(
                "service", Column("WHERE", width: 12, min: 7, flex: 1, priority: 2), fits: true,
                roomy: 12),
            TableColumn(
                "since", Column("SINCE", width: isDoubted(scene) ? 14 : 5, min: 5, priority: 1),
                fits: true, roomy: Self.longestPending),
            TableColumn(
                "owner",
                Column("OWNER", width: isHad(scene) ? 14 : 6, priority: isHad(scene) ? 1 : 2),
                fits: true),
            TableColumn(
                "value", Column("VALUE", width: 7, alignment: .right, priority: 3), fits: true),
            TableColumn(
                "summary", Column("SUMMARY", width: 70, min: 60, flex: 3, priority: 5)),
        ]
    }

    /// `pending 2m57s of 10m`: how long it still has is at the end.
    private static let longestPending = 20

    /// That there is no data must not be cut off from how old it is.
    private func isDoubted(_ scene: Scene) -> Bool {
        scene.world.alerts.open.prefix(40).contains(where: scene.world.hasNoData)
    }

    /// Who has it is worth more than where it is; that nobody has it is not.
    private func isHad(_ scene: Scene) -> Bool {
        scene.world.alerts.acknowledged > 0 || !scene.acking.isEmpty
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        if case .alerts(let group) = id { return AlertGroupRow(scene, list).row(group) }
        guard case .alert(let key) = id else { return Row() }
        guard let alert = scene.world.alerts[key] else { return .gone("the alert") }
        let isLoud = alert.state == .firing && !alert.isMuted
        let sign = alert.sign(scene.glyphs)
        let isInside = list.isWhole && group(of: id, scene) != nil
        return Row(
            sign: list.marked.contains(id) ? Span(scene.glyphs.done, .key) : sign,
            isSick: isLoud && alert.severity > .info,
            cells: [
                .text(alert.severity.rawValue, isLoud ? alert.severity.style : .muted),
                .text(isInside ? "  \(alert.name)" : alert.name, isLoud ? .title : .muted),
                .text(AlertWords.place(of: alert, scene), isLoud ? .text : .muted),
                .spans(AlertWords.since(alert, scene)),
                .spans(OwnerWords.of(alert, scene)),
                .text(alert.hasValue ? figure(alert.value) : "", isLoud ? .text : .muted),
                .text(alert.annotations["summary"].oneLine, .muted),
            ])
    }
}

extension Scene {
    func alert(_ row: RowID) -> AlertRecord? {
        guard case .alert(let id) = row else { return nil }
        return world.alerts[id]
    }
}
