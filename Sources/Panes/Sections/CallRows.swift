// CallRows: who calls a service, and whom it calls.
import Drawing
import Events
import Wording
import WorldModel

struct CallRows: Section {
    var order: String { "" }
    let fields = [
        Field("service", .word), Field("direction", .word), Field("calls", .count),
        Field("err", .percent),
    ]

    func title(_ scene: Scene) -> String { "Callers and callees" }

    func sum(_ scene: Scene) -> [Span] {
        let calls = calls(scene)
        let callers = calls.count { $0.callee == scene.subject }
        let words = "\(counted(callers, "caller")), \(counted(calls.count - callers, "callee"))"
        return joined([[Span(words, .muted)], scene.trouble(.traces)])
    }

    private func calls(_ scene: Scene) -> [ServiceCall] {
        guard let subject = scene.subject else { return [] }
        return scene.world.callers(of: subject) + scene.world.callees(of: subject)
    }

    private func call(_ id: RowID, _ scene: Scene) -> ServiceCall? {
        guard case .call(let caller, let callee) = id else { return nil }
        return scene.world.traces.calls.first { $0.caller == caller && $0.callee == callee }
    }

    func rows(_ scene: Scene) -> Rows {
        .list(calls(scene).map { .call(caller: $0.caller, callee: $0.callee) })
    }

    func hasHead(_ scene: Scene) -> Bool {
        if case .dependencies = scene.place { true } else { false }
    }

    func emptiness(_ scene: Scene) -> String {
        scene.emptiness(
            .traces, "none seen", remedy: "name a trace store with --feed zipkin=URL")
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard case .call(let caller, let callee) = id else { return "" }
        return "\(caller) \(callee)"
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let call = call(id, scene) else { return nil }
        switch field.name {
        case "direction": return .word(call.callee == scene.subject ? "caller" : "callee")
        case "calls": return .number(call.calls)
        case "err": return call.percent.map(Measure.number)
        default: return scene.service(of: id).map(Measure.word)
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("service", Column("SERVICE", width: 8)),
            TableColumn("direction", Column("", width: 8)),
            TableColumn("calls", Column("CALLS", width: 9, alignment: .right)),
            TableColumn("err", Column("ERR%", width: 5, alignment: .right, priority: 1)),
            TableColumn("health", Column("HEALTH", width: 10, min: 8, flex: 1, priority: 2)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard let call = call(id, scene), let name = scene.service(of: id) else { return Row() }
        let health = scene.world.registry[name].map { scene.world.health(of: $0) }
        let isCaller = call.callee == scene.subject
        let percent = call.percent
        return Row(
            sign: health?.sign(scene.glyphs), isSick: health?.isSick ?? false,
            cells: [
                .text(name, health?.isSick == true ? .title : .text),
                .text(isCaller ? "calls it" : "is called", .faint),
                .text(grouped(call.calls), .muted),
                percent.map {
                    .text(share($0), $0 >= 5 ? .critical : $0 >= 1 ? .warning : .muted)
                } ?? .text(scene.glyphs.none, .faint),
                health.map { .text($0.rawValue, Style($0.role)) }
                    ?? .text("not registered", .faint),
            ])
    }
}

extension ServiceCall {
    var percent: Double? { calls > 0 ? Double(errors) * 100 / Double(calls) : nil }
}
