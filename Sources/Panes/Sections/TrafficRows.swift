// TrafficRows: rate, errors and percentiles of each service; one unfolds into its operations.
import Drawing
import Events
import Wording
import WorldModel

struct TrafficRows: Section {
    var order: String { "most errors first" }
    let fields = OperationTable.fields

    func title(_ scene: Scene) -> String { scene.subject.map { "Traces of \($0)" } ?? "Traces" }

    func sum(_ scene: Scene) -> [Span] {
        joined([[Span("over 1 min", .muted)], scene.source(.traces)])
    }

    func rows(_ scene: Scene) -> Rows {
        let traffic = scene.world.traces.traffic
        if let subject = scene.subject {
            guard traffic[subject] != nil else { return .none }
            return .list([.service(subject)] + children(of: .service(subject), scene))
        }
        let order = traffic.sorted { one, other in
            let errors = (
                one.value.summary.errorPercent ?? 0, other.value.summary.errorPercent ?? 0
            )
            if errors.0 != errors.1 { return errors.0 > errors.1 }
            let p99s = (one.value.summary.p99 ?? 0, other.value.summary.p99 ?? 0)
            return p99s.0 == p99s.1 ? one.key < other.key : p99s.0 > p99s.1
        }
        return .list(order.map { .service($0.key) })
    }

    func children(of id: RowID, _ scene: Scene) -> [RowID] {
        guard case .service(let name) = id else { return [] }
        return scene.world.traces.rows(of: name, over: Traces.recent, at: scene.now).map(\.row)
    }

    func emptiness(_ scene: Scene) -> String {
        let words = scene.subject.map { "no span of \($0) came in the last 15 minutes" }
        return scene.emptiness(
            .traces, words ?? "no spans came in the last 15 minutes",
            remedy: "name a trace store with --feed zipkin=URL")
    }

    func searched(_ id: RowID, _ scene: Scene) -> String { OperationTable.searched(id) }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        OperationTable.measure(id, field, scene)
    }

    func columns(_ scene: Scene) -> [TableColumn] { OperationTable.columns("SERVICE") }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        switch id {
        case .service(let name): service(name, scene)
        default: OperationTable.row(id, depth: 1, scene)
        }
    }

    private func service(_ name: String, _ scene: Scene) -> Row {
        guard let traffic = scene.world.traces.traffic[name] else { return .gone(name) }
        let health = scene.world.registry[name].map { scene.world.health(of: $0) }
        let isSick = health?.isSick ?? false
        return Row(
            sign: health?.sign(scene.glyphs), isSick: isSick,
            cells: [.text(name, isSick ? .title : .text)]
                + OperationTable.cells(
                    traffic.summary, perSecond: traffic.perSecond, traffic.p99s, scene.glyphs))
    }
}

/// What every list of operations has in common.
enum OperationTable {
    static let fields = [
        Field("service", .word), Field("operation", .word), Field("req", .count),
        Field("err", .percent), Field("p50", .latency), Field("p95", .latency),
        Field("p99", .latency),
    ]

    static func columns(_ title: String) -> [TableColumn] {
        func number(_ field: String, _ title: String, _ priority: Int) -> TableColumn {
            TableColumn(
                field, Column(title, width: 6, min: 5, alignment: .right, priority: priority))
        }
        return [
            TableColumn(title.lowercased(), Column(title, width: 16, min: 10)),
            number("req", "REQ/S", 2), number("err", "ERR%", 0), number("p50", "P50", 3),
            number("p95", "P95", 4), number("p99", "P99", 0),
            TableColumn("trend", Column("P99, 15 MIN", width: 16, min: 11, flex: 1, priority: 1)),
        ]
    }

    static func cells(
        _ summary: LatencySummary, perSecond: Double, _ p99s: [Double?], _ glyphs: Glyphs
    ) -> [Content] {
        let base = TrafficColumns.usual(p99s)
        func time(_ value: Int64?) -> Content {
            .text(value.map { latency(microseconds: $0) } ?? glyphs.none, .muted)
        }
        let isSick = (summary.errorPercent ?? 0) >= 1 || Double(summary.p99 ?? 0) >= base * 3
        return [
            .text(rate(perSecond), .muted), TrafficColumns.errors(summary, glyphs),
            time(summary.p50), time(summary.p95),
            TrafficColumns.p99(summary.p99, base: base, glyphs),
            .bars(p99s, base: base, isSick: isSick),
        ]
    }

    static func searched(_ id: RowID) -> String {
        switch id {
        case .service(let name): name
        case .operation(let service, let name, let kind): "\(service) \(name) \(kind.rawValue)"
        default: ""
        }
    }

    static func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        switch (id, field.name) {
        case (.service(let name), "service"), (.service(let name), "operation"): .word(name)
        case (.operation(let name, _, _), "service"): .word(name)
        case (.operation(_, let name, _), "operation"): .word(name)
        case (.service(let name), _):
            scene.world.traces.traffic[name].flatMap { $0.measure(field.name) }
        case (.operation, "req"):
            summary(of: id, scene).map { .number(perSecond($0)) }
        case (.operation, _): summary(of: id, scene)?.measure(field.name)
        default: nil
        }
    }

    static func row(_ id: RowID, depth: Int, _ scene: Scene) -> Row {
        guard case .operation(let service, let name, let kind) = id else { return Row() }
        guard let summary = summary(of: id, scene) else { return .gone(name) }
        let key = OperationKey(service: service, operation: name, kind: kind)
        let words = kind == .server ? name : "\(name) (\(kind.rawValue))"
        return Row(
            depth: depth,
            cells: [.text(words, .text)]
                + cells(
                    summary, perSecond: perSecond(summary),
                    scene.world.traces.p99s(of: key, at: scene.now), scene.glyphs))
    }

    private static func summary(of id: RowID, _ scene: Scene) -> LatencySummary? {
        guard case .operation(let service, let name, let kind) = id else { return nil }
        let key = OperationKey(service: service, operation: name, kind: kind)
        return scene.world.traces.row(key, over: Traces.recent, at: scene.now)?.summary
    }

    private static func perSecond(_ summary: LatencySummary) -> Double {
        Double(summary.count) * 1000 / Double(Traces.recent.milliseconds)
    }
}

extension LatencyRow {
    var row: RowID { .operation(service: key.service, name: key.operation, kind: key.kind) }
}
