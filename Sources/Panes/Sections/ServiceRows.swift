// ServiceRows: one row joins what every world knows of a service, the sickest first.
import Drawing
import Events
import Wording
import WorldModel

struct ServiceRows: Section {
    var order: String { "sickest first" }

    func title(_ scene: Scene) -> String { "Services" }

    func sum(_ scene: Scene) -> [Span] {
        let counts = scene.world.registry.counts
        let sick: [[Span]] = [Health.critical, .warning].map { health in
            let count = counts[health] ?? 0
            return count == 0 ? [] : [Span("\(grouped(count)) \(health.rawValue)", .muted)]
        }
        return joined([scene.trouble(.registry)] + sick)
    }

    func rows(_ scene: Scene) -> Rows { .services(scene.world.registry.sickestFirst) }

    func hasHead(_ scene: Scene) -> Bool { true }

    func emptiness(_ scene: Scene) -> String {
        scene.emptiness(
            .registry, "no services are registered",
            remedy: "name a registry with --feed consul=URL or etcd=URL")
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard case .service(let name) = id, let service = scene.world.registry[name] else {
            return ""
        }
        return "\(name) \(scene.world.health(of: service).rawValue)"
    }

    let fields = [
        Field("service", .word), Field("up", .percent), Field("req", .count),
        Field("err", .percent), Field("p50", .latency), Field("p95", .latency),
        Field("p99", .latency), Field("age", .age), Field("instances", .count),
        Field("critical", .count), Field("stuck", .count), Field("health", .word),
        Field("alerts", .count),
    ]

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard case .service(let name) = id, let service = scene.world.registry[name] else {
            return nil
        }
        let count = service.instances.count
        switch field.name {
        case "service": return .word(name)
        case "health": return .word(scene.world.health(of: service).rawValue)
        case "up": return count == 0 ? nil : .number(Double(service.up * 100) / Double(count))
        case "instances": return .number(count)
        case "critical": return .number(service.critical)
        case "age": return service.changed.map { .number(Double((scene.now - $0).milliseconds)) }
        case "alerts": return .number(scene.world.alerts.firing(of: name).count)
        case "stuck": return scene.world.sagas.loads[name].map { .number($0.stuck) }
        default: return scene.world.traces.traffic[name].flatMap { $0.measure(field.name) }
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        var columns = [
            TableColumn("service", Column("SERVICE", width: 8)),
            TableColumn("up", Column("UP", width: 5, alignment: .right), fits: true),
        ]
        if scene.hasRules {
            columns.append(
                TableColumn("alerts", Column("ALERTS", width: 16, min: 16, priority: 6), fits: true)
            )
        }
        if scene.watches(.traces) { columns += TrafficColumns.columns }
        if scene.watches(.config) {
            columns.append(
                TableColumn("config", Column("CONFIG", width: 12, priority: 4), fits: true)
            )
        }
        if scene.watches(.sagas) {
            columns.append(
                TableColumn(
                    "stuck", Column("SAGAS", width: 9, priority: 2), fits: true, isWhole: true))
        }
        return columns + [
            TableColumn(
                "instances", Column("INSTANCES", width: 22, min: 16, priority: 8), fits: true),
            TableColumn("age", Column("SINCE", width: 6, alignment: .right, priority: 7)),
            TableColumn("check", Column("CHECK", width: 16, min: 16, flex: 3, priority: 9)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard case .service(let name) = id else { return Row() }
        guard let service = scene.world.registry[name] else { return .gone(name) }
        let health = scene.world.health(of: service)
        let shown = health == .unknown ? health : service.shown
        let firing = scene.world.alerts.firing(of: name)
        let loudest = firing.first.map(\.severity)
        let isSick = health.isSick || service.isSick
        let style: Style =
            isSick ? Style.title : shown == .passing ? .muted : .text
        var cells: [Content] = [.text(name, style), Self.up(service)]
        if scene.hasRules { cells.append(.spans(Self.alerts(firing, scene.glyphs))) }
        if scene.watches(.traces) {
            cells += TrafficColumns.cells(of: name, scene, isSick: health.isSick)
        }
        if scene.watches(.config) { cells.append(.spans(ConfigurationWords.running(name, scene))) }
        if scene.watches(.sagas) { cells.append(.spans(SagaWords.load(of: name, scene))) }
        cells += [
            .spans(InstanceWords.summary(of: service)), Self.since(service, scene),
            .spans(InstanceWords.worstCheck(of: service, scene.glyphs)),
        ]
        // Where the registry finds nothing wrong, its loudest alert does.
        let isLoud = loudest.map { $0 == .info ? shown == .passing : $0.health > shown } ?? false
        let sign = isLoud ? loudest?.sign(scene.glyphs) : shown.sign(scene.glyphs)
        return Row(sign: sign, isSick: isSick, cells: cells)
    }

    /// `SagaStuck +2`: the loudest that fires, and how many more do.
    private static func alerts(_ firing: ArraySlice<AlertRecord>, _ glyphs: Glyphs) -> [Span] {
        guard let first = firing.first else { return [] }
        let more = firing.count > 1 ? " +\(grouped(firing.count - 1))" : ""
        return [Span(first.name.firstLine, first.severity.style), Span(more, .muted)]
    }

    /// `2/3`, loud where one is down.
    static func up(_ service: Service) -> Content {
        let style: Style =
            service.health == .critical
            ? .critical : service.critical > 0 ? .warning : service.up == 0 ? .text : .muted
        return .text("\(grouped(service.up))/\(grouped(service.instances.count))", style)
    }

    private static func since(_ service: Service, _ scene: Scene) -> Content {
        service.changed.map { .text(scene.age(since: $0), .muted) } ?? .blank
    }
}
