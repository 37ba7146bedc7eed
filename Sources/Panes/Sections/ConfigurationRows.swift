// ConfigurationRows: keys, their versions and who runs which; a key unfolds into its fields.
import Drawing
import Events
import Wording
import WorldModel

struct ConfigurationRows: Section {
    var order: String { "" }
    let fields = [
        Field("key", .word), Field("service", .word), Field("environment", .word),
        Field("version", .word), Field("age", .age), Field("behind", .count),
    ]

    func title(_ scene: Scene) -> String { scene.subject.map { "Config of \($0)" } ?? "Config" }

    func sum(_ scene: Scene) -> [Span] {
        guard scene.subject == nil else { return scene.source(.config) }
        let count = scene.world.config.all.count
        return joined([[Span(counted(count, "key"), .muted)], scene.source(.config)])
    }

    func rows(_ scene: Scene) -> Rows {
        guard let subject = scene.subject else {
            return .list(scene.world.config.all.map(\.row))
        }
        let keys = scene.world.config.of(subject, in: scene.world.environment)
        // The card shows what is in the key without a further key press.
        guard case .service = scene.place else { return .list(keys.map(\.row)) }
        return .list(keys.flatMap { [$0.row] + children(of: $0.row, scene) })
    }

    func children(of id: RowID, _ scene: Scene) -> [RowID] {
        guard case .configuration(let key) = id, let known = scene.world.config[key.feed, key.key]
        else { return [] }
        let changed = known.differences.map(\.name)
        let same = known.entry.fields.map(\.name).filter { !changed.contains($0) }
        return (changed + same).map { .field(key, name: $0) }
    }

    func hasHead(_ scene: Scene) -> Bool { if case .service = scene.place { false } else { true } }

    func emptiness(_ scene: Scene) -> String {
        let words = scene.subject.map { "no key belongs to \($0)" } ?? "there are no keys"
        return scene.emptiness(
            .config, words, remedy: "name a config centre with --feed consul=URL or etcd=URL")
    }

    private func key(_ id: RowID, _ scene: Scene) -> Configuration? {
        switch id {
        case .configuration(let id), .field(let id, _): scene.world.config[id.feed, id.key]
        default: nil
        }
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard let key = key(id, scene) else { return "" }
        let fields = key.entry.fields.map { "\($0.name) \($0.value)" }
        return ([key.entry.key, key.versionName, key.feed] + fields).joined(separator: " ")
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let key = key(id, scene) else { return nil }
        switch field.name {
        case "key": return .word(key.entry.key.lowercased())
        case "service": return key.entry.service.map { .word($0.lowercased()) }
        case "environment": return key.entry.environment.map { .word($0.lowercased()) }
        case "version": return .word(key.versionName.lowercased())
        case "behind": return .number(scene.world.drifted(key).count)
        default: return key.changed.map { .number(Double((scene.now - $0).milliseconds)) }
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("key", Column("KEY", width: 16), roomy: 32),
            TableColumn("version", Column("VERSION", width: 7, min: 7), fits: true),
            TableColumn("age", Column("SINCE", width: 7, priority: 2)),
            TableColumn("at", Column("AT", width: 8, priority: 3)),
            TableColumn(
                "behind", Column("RUNNING", width: 12, min: 12, flex: 3, priority: 1), fits: true,
                roomy: 28),
            TableColumn("feed", Column("SOURCE", width: 14, priority: 4)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard let key = key(id, scene) else { return .gone("the key") }
        if case .field(_, let name) = id { return field(name, of: key, scene) }
        let isBehind = !scene.world.drifted(key).isEmpty
        // As it has been since before we came.
        let since = key.changed.map { scene.age(since: $0) } ?? "earlier"
        return Row(
            sign: isBehind ? Span(scene.glyphs.warning, .warning) : nil, isSick: isBehind,
            cells: [
                .text(key.entry.key, isBehind ? .title : .text),
                .text(key.versionName, key.changed == nil ? .muted : .warning),
                .text(since, .muted), key.changed.map { .text($0.clock, .muted) } ?? .blank,
                .spans(ConfigurationWords.sentence(key, scene)),
                .text(key.feed, .faint),
            ])
    }

    private func field(_ name: String, of key: Configuration, _ scene: Scene) -> Row {
        if let change = key.differences.first(where: { $0.name == name }) {
            return Row(depth: 1, line: ConfigurationWords.difference(change, scene.glyphs))
        }
        let value = key.entry.fields.first { $0.name == name }?.value ?? ""
        return Row(depth: 1, line: [Span("\(name)  ", .muted), Span(value.firstLine, .text)])
    }
}

extension Configuration {
    var row: RowID { .configuration(ConfigurationID(feed: feed, key: entry.key)) }
}
