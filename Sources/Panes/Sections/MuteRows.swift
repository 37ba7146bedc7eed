// MuteRows: mutes and silences: what they match, until when, by whom and why.
import Drawing
import Events
import Wording
import WorldModel

struct MuteRows: Section {
    var order: String { "" }

    func title(_ scene: Scene) -> String { "Mutes" }

    func sum(_ scene: Scene) -> [Span] {
        let active = scene.world.book.mutes.count { $0.isActive(at: scene.now) }
        return [Span(active == 0 ? "nothing is muted" : "\(grouped(active)) active", .muted)]
    }

    /// Those that are active first; of ended ones the last few days.
    func rows(_ scene: Scene) -> Rows {
        let mutes = scene.world.book.mutes
        let active = mutes.filter { $0.isActive(at: scene.now) }
        let others = mutes.filter { !$0.isActive(at: scene.now) }
        return .list((active + others).map { .mute($0.id) })
    }

    func emptiness(_ scene: Scene) -> String { "nothing is muted; m on an alert mutes" }

    let fields = [
        Field("matchers", .word), Field("by", .word), Field("left", .age), Field("muted", .count),
    ]

    func searched(_ id: RowID, _ scene: Scene) -> String {
        guard let mute = scene.mute(id) else { return "" }
        return "\(Self.matchers(mute)) \(mute.by) \(mute.comment)"
    }

    func measure(_ id: RowID, _ field: Field, _ scene: Scene) -> Measure? {
        guard let mute = scene.mute(id) else { return nil }
        switch field.name {
        case "matchers": return .word(Self.matchers(mute).lowercased())
        case "by": return .word(mute.by.user.lowercased())
        case "left": return .number(Double(max(0, (mute.until - scene.now).milliseconds)))
        case "muted": return .number(Double(scene.world.book.suppressed(by: mute, at: scene.now)))
        default: return nil
        }
    }

    func columns(_ scene: Scene) -> [TableColumn] {
        [
            TableColumn("matchers", Column("MATCHERS", width: 28, min: 16), fits: true),
            TableColumn("left", Column("UNTIL", width: 18, min: 10, priority: 1), fits: true),
            TableColumn("muted", Column("MUTED", width: 6, alignment: .right, priority: 2)),
            TableColumn("by", Column("BY", width: 12, min: 6, priority: 3), fits: true),
            TableColumn("comment", Column("COMMENT", width: 30, flex: 1, priority: 4)),
        ]
    }

    func row(_ id: RowID, _ scene: Scene, _ list: ListState) -> Row {
        guard let mute = scene.mute(id) else { return .gone("the mute") }
        let isActive = mute.isActive(at: scene.now)
        let style: Style = isActive ? .text : .muted
        let suppressed = scene.world.book.suppressed(by: mute, at: scene.now)
        return Row(
            sign: Span(isActive ? scene.glyphs.info : " ", .info),
            cells: [
                .text(Self.matchers(mute).oneLine, style), .text(Self.end(mute, scene), style),
                .text(grouped(suppressed), style), .text("\(mute.by)".oneLine, style),
                .text(
                    (mute.feed.map { "silence of \($0): " } ?? "").oneLine + mute.comment.oneLine,
                    .muted),
            ])
    }

    static func matchers(_ mute: Mute) -> String {
        mute.matchers.map(\.description).joined(separator: " ")
    }

    private static func end(_ mute: Mute, _ scene: Scene) -> String {
        if let ended = mute.ended { return "ended by \(ended.by.user)".oneLine }
        if mute.until <= scene.now { return "over" }
        if mute.start > scene.now { return "from \(mute.start.clock)" }
        let left = briefAge(milliseconds: (mute.until - scene.now).milliseconds)
        return "\(mute.until.clock), \(left) left"
    }
}

extension Scene {
    func mute(_ row: RowID) -> Mute? {
        guard case .mute(let id) = row else { return nil }
        return world.book.mute(id)
    }
}
