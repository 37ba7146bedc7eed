// SagaRows: sagas, the ones that need a human first.
import Drawing
import Events
import Wording
import WorldModel

struct SagaRows: Section {
    var order: String { "" }

    func title(_ scene: Scene) -> String {
        scene.subject.map { "Sagas through \($0)" } ?? "Sagas"
    }

    func sum(_ scene: Scene) -> [Span] {
        let entries = entries(scene)
        let sums = entries.isEmpty ? [Span("none", .muted)] : SagaWords.sum(entries)
        let source = scene.place == .view(.overview) ? scene.trouble(.sagas) : scene.source(.sagas)
        return joined([source, sums])
    }

    private func entries(_ scene: Scene) -> [SagaEntry] {
        guard let subject = scene.subject else { return scene.world.sagas.all }
        return scene.world.sagas.through(subject)
    }

    func rows(_ scene: Scene) -> Rows {
        // On pages that show other things too, what is over only takes room.
        let isWhole = [.view(.sagas), .about(.sagas, scene.subject ?? "")].contains(scene.place)
        return .list(
            entries(scene).lazy.filter { isWhole || !$0.isOver }.map {
                .saga(SagaID(feed: $0.feed, id: $0.saga.id))
            })
    }

    func hasHead(_ scene: Scene) -> Bool {
        switch scene.place {
        case .view(.overview), .service: false
        default: true
        }
    }

    func emptiness(_ scene: Scene) -> String {
        let words = scene.subject.map { "no spans of a saga were seen in \($0)" }
        return scene.emptiness(
            .sagas, words ?? "no sagas run", remedy: "name a coordinator with --feed lra=URL")
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard let entry = scene.saga(id) else { return "" }
        let steps = scene.world.sagas.steps(of: entry.saga).map { "\($0.name) \($0.service)" }
        return ([entry.saga.name, entry.saga.id, entry.word, entry.stuck ?? ""] + steps)
            .joined(separator: " ")
    }

    let fields = [
        Field("saga", .word), Field("state", .word), Field("age", .age), Field("since", .age),
        Field("tries", .count),
    ]

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let entry = scene.saga(id) else { return nil }
        switch field.name {
        case "saga": return .word("\(entry.saga.name) \(entry.saga.id)")
        case "state": return .word(entry.word)
        case "since": return .number(Double((scene.now - entry.since).milliseconds))
        case "tries":
            return scene.world.sagas.steps(of: entry.saga).map(\.undo.tries).max().map {
                .number($0)
            }
        default: return entry.saga.started.map { .number(Double((scene.now - $0).milliseconds)) }
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("saga", Column("SAGA", width: 16)),
            TableColumn("state", Column("STATE", width: 12), fits: true),
            TableColumn("step", Column("STANDING", width: 20, min: 10, flex: 4, priority: 2)),
            TableColumn(
                "since",
                Column(
                    hasHead(scene) ? "SINCE" : "", width: hasHead(scene) ? 6 : 0,
                    alignment: .right, priority: 3)),
            TableColumn("age", Column("AGE", width: 6, alignment: .right, priority: 1)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard case .saga(let saga) = id else { return Row() }
        guard let entry = scene.saga(id) else { return .gone("saga \(saga.id)") }
        let nameStyle: Style = entry.isSick ? .title : .muted
        let since = scene.age(since: entry.since)
        let state = entry.isSick ? "\(entry.word) \(since)" : entry.word
        let isCard = scene.subject != nil && scene.size(of: entry) > 0
        let standing = isCard ? SagaWords.steps(of: entry, scene) : []
        let reason = entry.stuck.map { [Span("\($0.firstLine)   ", .text)] } ?? []
        return Row(
            sign: entry.sign(scene.glyphs), isSick: entry.isSick,
            cells: [
                .text("\(entry.saga.name) \(SagaID.tail(of: entry.saga.id))", nameStyle),
                .text(state, entry.style),
                .spans(isCard ? reason + standing : SagaWords.standing(entry, scene)),
                .text(since, .muted),
                entry.saga.started.map { .text(scene.age(since: $0), .muted) } ?? .blank,
            ])
    }
}

extension Scene {
    func saga(_ row: RowID) -> SagaEntry? {
        guard case .saga(let id) = row else { return nil }
        return world.sagas[id.feed, id.id]
    }

    /// The steps known of a saga.
    fileprivate func size(of entry: SagaEntry) -> Int { world.sagas.steps(of: entry.saga).count }
}
