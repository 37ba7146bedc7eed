// RegistryRows: services, their instances, and the checks of those, as a tree.
import Drawing
import Events
import Wording
import WorldModel

struct RegistryRows: Section {
    private let services = ServiceRows()
    var order: String { services.order }
    var fields: [Field] { services.fields }

    func title(_ scene: Scene) -> String { "Registry" }

    func sum(_ scene: Scene) -> [Span] {
        let registry = scene.world.registry
        let counts = [
            Span(counted(registry.count, "service"), .muted),
            Span(counted(registry.instanceCount, "instance"), .muted),
        ]
        return joined([counts[0...0], counts[1...1]].map(Array.init) + [scene.source(.registry)])
    }

    func rows(_ scene: Scene) -> Rows {
        guard let subject = scene.subject else { return services.rows(scene) }
        return .list(scene.world.registry[subject] == nil ? [] : [.service(subject)])
    }

    func children(of id: RowID, _ scene: Scene) -> [RowID] {
        switch id {
        case .service(let name):
            scene.world.registry[name]?.instances.map { .instance(InstanceID($0)) } ?? []
        case .instance(let instance):
            scene.instance(instance)?.told.checks.map { .check(instance, check: $0.id) } ?? []
        default: []
        }
    }

    func emptiness(_ scene: Scene) -> String { services.emptiness(scene) }
    func searched(_ id: RowID, _ scene: Scene) -> String { services.searched(id, scene) }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        services.measure(id, field, scene)
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("service", Column("SERVICE", width: 20)),
            TableColumn("up", Column("UP", width: 5, alignment: .right), fits: true),
            TableColumn("health", Column("HEALTH", width: 11)),
            TableColumn("age", Column("SINCE", width: 6, alignment: .right, priority: 2)),
            TableColumn("address", Column("ADDRESS", width: 16, min: 14, priority: 4), fits: true),
            TableColumn("config", Column("CONFIG", width: 8, min: 8, priority: 5), fits: true),
            TableColumn(
                "checks", Column("CHECKS", width: 20, min: 12, flex: 4, priority: 1), fits: true,
                roomy: 28),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        switch id {
        case .service(let name): service(name, scene)
        case .instance(let instance): self.instance(instance, scene)
        case .check(let instance, let check): self.check(instance, check, scene)
        default: Row()
        }
    }

    private func service(_ name: String, _ scene: Scene) -> Row {
        guard let service = scene.world.registry[name] else { return .gone(name) }
        let health = scene.world.health(of: service)
        let shown = health == .unknown ? health : service.shown
        return Row(
            sign: shown.sign(scene.glyphs), isSick: health.isSick,
            cells: [
                .text(name, health.isSick ? .title : .muted), ServiceRows.up(service),
                .text(shown.rawValue, Style(shown.role)),
                service.changed.map { .text(scene.age(since: $0), .muted) } ?? .blank,
                .text(service.feeds.joined(separator: ", "), .faint),
                .spans(ConfigurationWords.running(name, scene)),
                .spans(InstanceWords.worstCheck(of: service, scene.glyphs)),
            ])
    }

    private func instance(_ id: InstanceID, _ scene: Scene) -> Row {
        guard let known = scene.instance(id) else { return .gone(id.id) }
        let (told, health) = (known.told, known.told.health)
        return Row(
            sign: health.sign(scene.glyphs), depth: 1, isSick: health.isSick,
            cells: [
                .text(scene.name(of: known), health.isSick ? .text : .muted), .blank,
                .text(health.rawValue, Style(health.role)),
                known.since.map { .text(scene.age(since: $0), .muted) } ?? .blank,
                .text(told.address.isEmpty ? told.node : told.address, .muted),
                InstanceTable.config(of: told, scene),
                .spans(InstanceWords.checks(of: told, scene.glyphs)),
            ])
    }

    private func check(_ id: InstanceID, _ name: String, _ scene: Scene) -> Row {
        guard let check = scene.instance(id)?.told.checks.first(where: { $0.id == name }) else {
            return .gone(name)
        }
        let node = check.isOfNode ? [Span("of the node  ", .faint)] : []
        let words = [
            Span("\(check.name.isEmpty ? check.id : check.name.firstLine)  ", .text),
            Span("\(check.status.rawValue)  ", Style(check.status.role)),
        ]
        return Row(
            sign: check.status.sign(scene.glyphs), depth: 2,
            line: words + node + [Span(check.output.firstLine, .muted)])
    }
}
