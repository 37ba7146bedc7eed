// ProblemRows: what is wrong with the alert store, and with the rules themselves: files that
// cannot be read, caps met.
import Drawing
import Wording
import WorldModel

struct ProblemRows: Section {
    var order: String { "" }
    let fields: [Field] = []

    func title(_ scene: Scene) -> String { "Problems" }

    func sum(_ scene: Scene) -> [Span] {
        let count = scene.world.problems.count
        return [Span("\(scene.glyphs.critical) \(counted(count, "problem"))", .critical)]
    }

    func rows(_ scene: Scene) -> Rows {
        .list(scene.world.problems.indices.map { .problem($0) })
    }

    func hasHead(_ scene: Scene) -> Bool { false }
    func emptiness(_ scene: Scene) -> String { "none" }
    func columns(_ scene: Scene) -> [TableColumn] { [] }
    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? { nil }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard case .problem(let place) = id, scene.world.problems.indices.contains(place)
        else { return "" }
        return scene.world.problems[place]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        Row(
            sign: Span(scene.glyphs.critical, .critical), isSick: true,
            line: [Span(searched(id, scene).oneLine, .text)])
    }
}
