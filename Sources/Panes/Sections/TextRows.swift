// TextRows: lines to read: help, records, messages.
import Drawing
import Wording
import WorldModel

struct TextRows: Section {
    var order: String { "" }
    var isText: Bool { true }
    let fields: [Field] = []

    func title(_ scene: Scene) -> String {
        switch scene.place {
        case .help: "Help"
        case .messages: "Messages"
        case .alert: "Rule and labels"
        case .rule: "Rule"
        default: "Record"
        }
    }

    func sum(_ scene: Scene) -> [Span] {
        switch scene.place {
        case .help: [Span("all keys, by where they work", .muted)]
        case .messages: [Span("newest first", .muted)]
        case .alert(let id): AlertText.source(id, scene)
        case .rule(let id): RuleText.sum(scene.world.alerts.rule(id), scene)
        case .raw: [Span("as last told; secrets are masked", .muted)]
        default: []
        }
    }

    static func lines(_ scene: Scene) -> [[Span]] {
        switch scene.place {
        case .help: HelpText.lines(scene)
        case .messages: MessageText.lines(scene)
        case .alert(let id): AlertText.lines(scene.world.alerts[id], scene)
        case .rule(let id): RuleText.lines(scene.world.alerts.rule(id), scene)
        case .raw(let row): RecordText.lines(row, scene)
        default: []
        }
    }

    func rows(_ scene: Scene) -> Rows {
        .list((0..<scene.text.count).map { .line($0) })
    }

    func columns(_ scene: Scene) -> [TableColumn] { [] }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        let lines = scene.text
        guard case .line(let number) = id, lines.indices.contains(number) else { return Row() }
        let isFound = list.filter?.isFound(in: lines[number].map(\.text).joined()) ?? false
        return Row(sign: isFound ? Span(scene.glyphs.deeper, .info) : nil, line: lines[number])
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? { nil }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        let lines = scene.text
        guard case .line(let number) = id, lines.indices.contains(number) else { return "" }
        return lines[number].map(\.text).joined()
    }

    func hasHead(_ scene: Scene) -> Bool { false }
    func emptiness(_ scene: Scene) -> String { "nothing yet" }
}
