// OperationRows: the latency of one service by operation.
import Drawing
import Events
import WorldModel

struct OperationRows: Section {
    var order: String { "" }
    let fields = OperationTable.fields

    func title(_ scene: Scene) -> String { "Latency" }

    func sum(_ scene: Scene) -> [Span] {
        joined([scene.source(.traces), [Span("over 1 min", .muted)]])
    }

    func rows(_ scene: Scene) -> Rows {
        guard let subject = scene.subject else { return .none }
        return .list(
            scene.world.traces.rows(of: subject, over: Traces.recent, at: scene.now).map(\.row))
    }

    func emptiness(_ scene: Scene) -> String {
        scene.emptiness(
            .traces, "no spans of it came in the last minute",
            remedy: "name a trace store with --feed zipkin=URL")
    }

    func searched(_ id: RowID, _ scene: Scene) -> String { OperationTable.searched(id) }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        OperationTable.measure(id, field, scene)
    }

    func columns(_ scene: Scene) -> [TableColumn] { OperationTable.columns("OPERATION") }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        OperationTable.row(id, depth: 0, scene)
    }
}
