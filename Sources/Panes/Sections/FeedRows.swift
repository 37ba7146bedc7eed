// FeedRows: the sources, how they are doing and how old their answers are.
import Drawing
import Events
import Wording
import WorldModel

struct FeedRows: Section {
    var order: String { "" }
    let fields = [
        Field("feed", .word), Field("state", .word), Field("age", .age), Field("req", .count),
    ]

    func title(_ scene: Scene) -> String { "Feeds" }

    func sum(_ scene: Scene) -> [Span] {
        let conditions: [FeedCondition] = [.live, .connecting, .stale, .lost]
        return joined(
            conditions.map { condition in
                let count = scene.world.feeds.all.count { $0.condition == condition }
                let style = condition == .live ? Style.muted : condition.style
                return count == 0 ? [] : [Span("\(count) \(condition.rawValue)", style)]
            })
    }

    func rows(_ scene: Scene) -> Rows { .list(scene.world.feeds.all.map { .feed($0.source.id) }) }

    func hasHead(_ scene: Scene) -> Bool { scene.place != .view(.overview) }

    func emptiness(_ scene: Scene) -> String {
        scene.isStarting ? "starting" : "nothing is watched; name a source with --feed KIND=URL"
    }

    private func feed(_ id: RowID, _ scene: Scene) -> FeedState? {
        guard case .feed(let feed) = id else { return nil }
        return scene.world.feeds[feed]
    }

    func searched(_ id: RowID, _ scene: Scene) -> String {
        feed(id, scene).map {
            "\($0.source.id) \($0.source.address) \($0.condition.rawValue) \($0.reason)"
        } ?? ""
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let feed = feed(id, scene) else { return nil }
        switch field.name {
        case "feed": return .word(feed.source.id)
        case "state": return .word(feed.condition.rawValue)
        case "req": return .number(feed.requestsPerSecond(at: scene.now))
        default: return feed.lastAnswer.map { .number(Double((scene.now - $0).milliseconds)) }
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        let start = [
            TableColumn("feed", Column("FEED", width: 12)),
            TableColumn("state", Column("STATE", width: 10, min: 10)),
            TableColumn("age", Column("ANSWER", width: 6, alignment: .right, priority: 1)),
            TableColumn("req", Column("REQ/S", width: 6, alignment: .right, priority: 3)),
        ]
        let address = TableColumn(
            "address", Column("ADDRESS", width: 16, min: 16, priority: 4), fits: true)
        let since = TableColumn("since", Column("SINCE", width: 8, priority: 5))
        // Why one is lost is worth more than where it is.
        let note = TableColumn(
            "note", Column("NOTE", width: 20, min: 8, flex: 4, priority: 2), fits: true, roomy: 18)
        return start + (hasHead(scene) ? [since, address, note] : [note])
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard let feed = feed(id, scene) else { return Row() }
        let answer: Content =
            feed.lastAnswer.map { last in
                let age = (scene.now - last).milliseconds
                let words =
                    age < 10_000 ? "\(freshness(milliseconds: age))" : (scene.now - last).inWords
                return .text(words.filter { $0 != " " }, .muted)
            } ?? .text("never", feed.isBlind ? .critical : .muted)
        let start: [Content] = [
            .text(feed.source.id, feed.isBlind ? .title : .text),
            .text(feed.condition.rawValue, feed.condition.style), answer,
            .text("\(rate(feed.requestsPerSecond(at: scene.now)))/s", .muted),
        ]
        let rest: [Content] = [
            .text(feed.since.clock, .muted), .text(feed.source.address, .muted),
        ]
        return Row(
            sign: feed.condition.sign(scene.glyphs), isSick: feed.isBlind,
            cells: start + (hasHead(scene) ? rest : []) + [note(feed, scene)])
    }

    /// What it holds, or why it is blind and when the next try is due.
    private func note(_ feed: FeedState, _ scene: Scene) -> Content {
        guard feed.isBlind else { return .text(feed.note.firstLine, .muted) }
        let next = feed.nextTry.map { next in
            next > scene.now ? "; next try in \((next - scene.now).inWords)" : "; trying again"
        }
        // Whose it is stands before it, and what was wrong must not be cut.
        let reason = feed.reason.firstLine.trimmingPrefix("\(feed.source.address) ")
        return .text("\(reason)\(next ?? "")", .text)
    }
}
