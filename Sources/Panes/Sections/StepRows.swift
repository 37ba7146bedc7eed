// StepRows: one saga's steps, each done and undone.
import Drawing
import Events
import Wording
import WorldModel

struct StepRows: Section {
    var order: String { "in the order done" }
    let fields = [Field("step", .word), Field("service", .word), Field("tries", .count)]

    func title(_ scene: Scene) -> String { "Steps" }

    func sum(_ scene: Scene) -> [Span] {
        joined([[Span("as spans tell", .muted)], scene.source(.traces)])
    }

    private func steps(_ scene: Scene) -> [SagaStep] {
        guard case .saga(let id) = scene.place, let entry = scene.world.sagas[id.feed, id.id] else {
            return []
        }
        return scene.world.sagas.steps(of: entry.saga)
    }

    private func step(_ id: RowID, _ scene: Scene) -> SagaStep? {
        guard case .step(_, let name) = id else { return nil }
        return steps(scene).first { $0.name == name }
    }

    func rows(_ scene: Scene) -> Rows {
        guard case .saga(let id) = scene.place else { return .none }
        return .list(steps(scene).map { .step(id, name: $0.name) })
    }

    func emptiness(_ scene: Scene) -> String {
        "not known: the engine tells no steps, and no span carries this saga's id"
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        step(id, scene).map { "\($0.name) \($0.service) \($0.undo.error ?? "")" } ?? ""
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let step = step(id, scene) else { return nil }
        switch field.name {
        case "step": return .word(step.name)
        case "service": return .word(step.service)
        default: return .number(step.action.tries + step.undo.tries)
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("step", Column("STEP", width: 8)),
            TableColumn("service", Column("SERVICE", width: 8, min: 8, priority: 2), fits: true),
            TableColumn("do", Column("DO", width: 4, min: 4), fits: true),
            TableColumn("undo", Column("UNDO", width: 4, min: 4), fits: true),
            TableColumn("error", Column("ERROR", width: 20, min: 8, flex: 4, priority: 1)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard let step = step(id, scene) else { return Row() }
        let isSick = step.undo.isFailing
        let error = step.undo.error ?? step.action.error
        return Row(
            sign: isSick ? Span(scene.glyphs.critical, .critical) : nil, isSick: isSick,
            cells: [
                .text(step.name, isSick ? .title : .text), .text(step.service, .muted),
                .spans(SagaWords.sign(step.action, scene.glyphs)),
                .spans(SagaWords.sign(step.undo, scene.glyphs)),
                error.map { .text($0.firstLine, .text) } ?? .blank,
            ])
    }
}
