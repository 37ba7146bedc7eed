// ChangeRows: what changed, the newest first.
import Drawing
import Events
import Wording
import WorldModel

struct ChangeRows: Section {
    var order: String { "newest first" }
    let fields = [
        Field("age", .age), Field("kind", .word), Field("subject", .word),
    ]

    func title(_ scene: Scene) -> String {
        scene.subject.map { "Changes of \($0)" } ?? "Changes"
    }

    func sum(_ scene: Scene) -> [Span] {
        let ledger = scene.world.changes
        guard scene.subject == nil, ledger.total > ledger.all.count else { return [] }
        let words = "the last \(grouped(ledger.all.count)) of \(grouped(ledger.total))"
        return [Span(words, .muted)]
    }

    func rows(_ scene: Scene) -> Rows {
        let ledger = scene.world.changes
        let numbers = (0..<ledger.all.count).lazy.map { ledger.total - $0 }
        guard let subject = scene.subject else { return .list(numbers.map { .change($0) }) }
        let others = Set(scene.world.config.of(subject, in: "").map(\.entry.key))
        return .list(
            numbers.filter { number in
                guard let change = ledger[number] else { return false }
                return change.subject == subject || others.contains(change.subject)
            }.map { .change($0) })
    }

    func hasHead(_ scene: Scene) -> Bool { false }

    func emptiness(_ scene: Scene) -> String { "none since we came" }

    private func change(_ id: RowID, _ scene: Scene) -> Change? {
        guard case .change(let number) = id else { return nil }
        return scene.world.changes[number]
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        change(id, scene).map { "\($0.kind.rawValue) \($0.subject) \($0.text)" } ?? ""
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let change = change(id, scene) else { return nil }
        switch field.name {
        case "kind": return .word(change.kind.rawValue)
        case "subject": return .word(change.subject.lowercased())
        default: return .number(Double((scene.now - change.at).milliseconds))
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        let subject = TableColumn(
            "subject", Column("", width: 0, priority: 2), fits: true)
        return [
            TableColumn("at", Column("AT", width: 8)),
            TableColumn("kind", Column("KIND", width: 6, priority: 3)),
        ] + (scene.subject == nil ? [subject] : []) + [
            TableColumn("text", Column("CHANGE", width: 20, min: 8, flex: 6)),
            TableColumn("age", Column("AGE", width: 6, alignment: .right, priority: 1)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard let change = change(id, scene) else { return Row() }
        let style: Style =
            switch change.kind {
            case .config: .warning
            case .saga: .critical
            case .health: change.text.hasSuffix("no longer critical") ? .text : .critical
            case .alert: change.text.hasSuffix("is resolved") ? .text : .critical
            case .feed: .progress
            case .reload, .joined, .left: .text
            }
        let isSaid = change.text.hasPrefix(change.subject)
        let name: Content = isSaid ? .blank : .text(change.subject, .text)
        let subject: [Content] = scene.subject == nil ? [name] : []
        return Row(
            cells: [.text(change.at.clock, .muted), .text(change.kind.rawValue, .faint)] + subject
                + [.text(change.text.firstLine, style), .text(scene.age(since: change.at), .muted)])
    }
}
