// InstanceRows: a service's instances with their checks, the sickest first.
import Drawing
import Events
import Wording
import WorldModel

struct InstanceRows: Section {
    var order: String { "" }
    let fields = InstanceTable.fields

    func title(_ scene: Scene) -> String { "Instances" }

    func sum(_ scene: Scene) -> [Span] { scene.source(.registry) }

    func rows(_ scene: Scene) -> Rows {
        guard let service = scene.subject.flatMap({ scene.world.registry[$0] }) else {
            return .none
        }
        return .list(service.instances.map { .instance(InstanceID($0)) })
    }

    func emptiness(_ scene: Scene) -> String { "the registry knows no instance of it" }

    func searched(_ id: RowID, _ scene: Scene) -> String { InstanceTable.searched(id, scene) }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        InstanceTable.measure(id, field, scene)
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("id", Column("INSTANCE", width: 8)),
            TableColumn("address", Column("ADDRESS", width: 12, min: 12, priority: 4), fits: true),
            TableColumn("zone", Column("ZONE", width: 4, min: 4, priority: 6), fits: true),
            TableColumn("health", Column("HEALTH", width: 8), fits: true),
            TableColumn("age", Column("SINCE", width: 6, alignment: .right, priority: 2)),
            TableColumn("version", Column("VERSION", width: 7, min: 7, priority: 7), fits: true),
            TableColumn(
                "config", Column("CONFIG", width: 6, min: 6, priority: 3), fits: true, roomy: 12),
            TableColumn(
                "checks", Column("CHECKS", width: 20, min: 10, flex: 4, priority: 1), fits: true,
                roomy: 20),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard case .instance(let instance) = id else { return Row() }
        guard let known = scene.instance(instance) else { return .gone(instance.id) }
        let (told, health) = (known.told, known.told.health)
        return Row(
            sign: health.sign(scene.glyphs), isSick: health.isSick,
            cells: [
                .text(scene.name(of: known), health.isSick ? .title : .muted),
                .text(told.address, .muted),
                told.zone.map { .text($0, .muted) } ?? .blank,
                .text(health.rawValue, Style(health.role)),
                known.since.map { .text(scene.age(since: $0), .muted) } ?? .blank,
                told.version.map { .text($0, .muted) } ?? .blank,
                InstanceTable.config(of: told, scene),
                .spans(InstanceWords.checks(of: told, scene.glyphs)),
            ])
    }
}

/// What every list of instances can say of one.
enum InstanceTable {
    static let fields = [
        Field("id", .word), Field("health", .word), Field("age", .age), Field("zone", .word),
        Field("version", .word), Field("config", .word), Field("address", .word),
    ]

    static func searched(_ id: RowID, _ scene: Scene) -> String {
        guard case .instance(let instance) = id, let known = scene.instance(instance) else {
            return ""
        }
        let told = known.told
        let checks = told.checks.prefix(16).map { "\($0.name) \($0.output.prefix(400))" }
        let words = [
            told.instanceID, told.node, told.address, told.zone ?? "", told.version ?? "",
            told.configVersion ?? "", told.health.rawValue,
        ]
        return (words + checks).joined(separator: " ")
    }

    static func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard case .instance(let instance) = id, let known = scene.instance(instance) else {
            return nil
        }
        switch field.name {
        case "id": return .word(scene.name(of: known).lowercased())
        case "health": return .word(known.told.health.rawValue)
        case "age": return known.since.map { .number(Double((scene.now - $0).milliseconds)) }
        case "zone": return known.told.zone.map { .word($0.lowercased()) }
        case "version": return known.told.version.map { .word($0.lowercased()) }
        case "config": return known.told.configVersion.map { .word($0.lowercased()) }
        default: return .word(known.told.address.lowercased())
        }
    }

    /// The version it runs, loud where that is not its key's.
    static func config(of told: ServiceInstance, _ scene: Scene) -> Content {
        guard let version = told.configVersion else { return .blank }
        let key = scene.world.config.of(told.service, in: scene.world.environment).first {
            scene.world.running($0).contains {
                $0.instance == told.instanceID && $0.version == version
            }
        }
        guard let key, !key.isRunning(version) else {
            return .text(key?.versionName ?? version, .muted)
        }
        return .text("\(version), not \(key.versionName)", .warning)
    }
}
