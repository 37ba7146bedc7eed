// Arrangement: which sections of a page stand where, for every size of screen.
import Drawing
import Events
import WorldModel

/// One section and its room.
struct Placed: Equatable {
    var kind: SectionKind
    var x, y: Int
    var size: Size
    /// In the column beside the lists: it follows the selection, and is never focused.
    var isBeside = false
    var subject: String?
}

struct Arrangement {
    let placed: [Placed]
    /// Rows of column titles are only shown where there is room.
    let showsHeads: Bool

    /// From this width on there are two columns.
    static let wide = 140

    /// The one of the last frame where nothing that it depends on has changed.
    static func of(_ ui: UIState, _ scene: Scene, size: Size) -> Arrangement {
        func make() -> Arrangement { Arrangement(ui, scene, size: size) }
        return scene.memory?.arrangement(Ground(ui, scene, size: size), make) ?? make()
    }

    private init(_ ui: UIState, _ scene: Scene, size: Size) {
        // Between the header and the hints.
        let body = Size(size.width, size.height - 2)
        let planner = Planner(ui: ui, scene: scene, body: body)
        showsHeads = planner.showsHeads
        placed = planner.placed().map { placed in
            var placed = placed
            placed.y += 1
            return placed
        }
    }

    func section(atX x: Int, y: Int) -> Placed? {
        placed.first {
            ($0.x..<$0.x + $0.size.width).contains(x)
                && ($0.y..<$0.y + $0.size.height).contains(y)
        }
    }
}

/// Everything that decides which sections stand where, within one world.
struct Ground: Equatable {
    private let place: Place
    private let size: Size
    private let isZoomed: Bool
    private let focused: SectionKind
    private let subject: String?
    /// The lengths of the lists.
    private let lengths: [Int]

    init(_ ui: UIState, _ scene: Scene, size: Size) {
        let page = ui.page
        (place, self.size, isZoomed) = (page.place, size, page.isZoomed)
        (focused, subject) = (page.focused(scene), ui.besideSubject(in: scene))
        lengths = scene.sections.map { page.lists[$0].map { $0.rows.count + $0.hidden } ?? 0 }
    }
}

/// Shares the room out.
private struct Planner {
    let ui: UIState
    let scene: Scene
    let body: Size

    private var page: Page { ui.page }
    private var focused: SectionKind { page.focused(scene) }
    var showsHeads: Bool { body.height >= 12 }
    private var gap: Int { body.height >= 36 ? 1 : 0 }

    func placed() -> [Placed] {
        let kinds = scene.sections
        if page.isZoomed { return stack([focused], in: body) }
        guard body.width >= Arrangement.wide else {
            return stack(kinds.filter { $0 != .heat || body.height >= 16 }, in: body)
        }
        if case .service = page.place { return card(kinds) }
        return besides.isEmpty ? stack(kinds, in: body) : withBeside(kinds)
    }

    /// What stands beside the lists of this page.
    private var besides: [SectionKind] {
        switch page.place {
        case .view(.overview), .view(.registry), .view(.traces), .view(.alerts), .about, .alert,
            .dependencies:
            (scene.watches(.traces) ? [.heat] : []) + [.changes, .instances]
                + (scene.watches(.traces) ? [.calls] : [])
        case .view, .service, .saga, .rule, .changes, .raw, .help, .messages: []
        }
    }

    private var besideWidth: Int { min(100, body.width * 36 / 100) }

    private func withBeside(_ kinds: [SectionKind]) -> [Placed] {
        let left = Size(body.width - besideWidth - 2, body.height)
        let lists = stack(kinds.filter { $0 != .heat }, in: left)
        guard let subject = selected else { return lists }
        let besides = besides.filter { $0 != .calls || page.place != .dependencies(subject) }
        let right = stack(
            besides, in: Size(besideWidth, body.height), x: left.width + 2, about: subject)
        return lists + right
    }

    private var selected: String? { ui.besideSubject(in: scene) }

    private func card(_ kinds: [SectionKind]) -> [Placed] {
        let top = stack([.summary], in: Size(body.width, SummaryPane.height(scene, body.width)))
        let height = (top.first?.size.height ?? 0) + gap
        let rest = Size(body.width - besideWidth - 2, max(0, body.height - height))
        let onLeft: [SectionKind] = [.alerts, .instances, .operations, .sagas]
        let left = stack(kinds.filter { onLeft.contains($0) }, in: rest)
        let others = kinds.filter { !onLeft.contains($0) && $0 != .summary }
        let right = stack(
            (scene.watches(.traces) ? [.heat] : []) + others,
            in: Size(besideWidth, rest.height), x: rest.width + 2)
        return top
            + (left + right).map { placed in
                var placed = placed
                placed.y += height
                return placed
            }
    }

    private func stack(
        _ kinds: [SectionKind], in room: Size, x: Int = 0, about subject: String? = nil
    ) -> [Placed] {
        let shares = Shares(
            scene: subject.map(scene.about) ?? scene, page: page, room: room,
            showsHeads: showsHeads, focused: subject == nil ? focused : nil)
        let lengths = Split.lengths(of: kinds.map(shares.part), in: room.height, gap: gap)
        var y = 0
        return zip(kinds, lengths).compactMap { kind, length in
            guard let length, length > 0 else { return nil }
            defer { y += length + gap }
            return Placed(
                kind: kind, x: x, y: y, size: Size(room.width, length),
                isBeside: subject != nil,
                subject: subject ?? scene.subject ?? (kind == .heat ? selected : nil))
        }
    }
}
