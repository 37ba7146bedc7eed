// Shares: how much room each section of a stack asks for.
import Drawing
import WorldModel

/// Asks by what is configured and by the size of the screen rather than by what happens just now,
/// so that sections stand still while the world moves.
struct Shares {
    let scene: Scene
    let page: Page
    let room: Size
    let showsHeads: Bool
    /// Never left out.
    let focused: SectionKind?

    func part(_ kind: SectionKind) -> Part {
        let (wanted, least, flex, priority) = wish(kind)
        return Part(
            min(wanted, room.height), least: min(least, room.height), flex: flex,
            priority: kind == focused ? 0 : priority)
    }

    private var isCard: Bool { if case .service = scene.place { true } else { false } }

    private func wish(_ kind: SectionKind) -> (wanted: Int, least: Int, flex: Int, priority: Int) {
        let chrome = chrome(kind)
        let some = max(4, room.height / 6)
        switch kind {
        case .alerts where scene.place != .view(.alerts): return alerts(chrome)
        case .problems:
            let rows = min(rows(kind), max(2, room.height / 4))
            return (chrome + rows, chrome + 1, 0, 2)
        case .course: return (min(14, max(5, room.height / 4)), 5, 0, 4)
        case .services: return (chrome + max(3, rows(kind)), chrome + 3, 0, 1)
        case .summary:
            let height = SummaryPane.height(scene, room.width)
            return (height, room.height < 16 ? 2 : height, 0, 1)
        case .heat: return (max(9, room.height / 3), 7, 0, 6)
        case .instances:
            let rows = max(1, rows(kind))
            return (chrome + rows, chrome + min(rows, 3), 0, 2)
        case .operations: return (chrome + max(1, rows(kind)), chrome + 2, 0, 3)
        case .calls: return (chrome + max(1, rows(kind)), chrome + 1, 0, 7)
        case .feeds where scene.place == .view(.overview):
            return (chrome + max(1, rows(kind)), chrome + min(4, max(1, rows(kind))), 0, 4)
        case .sagas where scene.place == .view(.overview) || isCard:
            return (chrome + some, chrome + 2, 1, 3)
        case .configurations where isCard: return (chrome + some, chrome + 2, 0, 5)
        case .changes where focused == nil: return (chrome + some, chrome + 2, 0, 5)
        case .changes where scene.place != .changes: return (chrome + some + 1, chrome + 2, 1, 6)
        case .traffic where scene.place == .view(.overview):
            return (chrome + max(3, rows(kind)), chrome + 3, 0, 1)
        default: return (room.height, chrome + 3, 1, 1)
        }
    }

    /// As many rows as fire, but not the room of what they are about; only the rule where none do.
    private func alerts(_ chrome: Int) -> (wanted: Int, least: Int, flex: Int, priority: Int) {
        let rows = rows(.alerts)
        guard rows > 0 else { return (1, 1, 0, 4) }
        return (min(chrome + rows, max(3, room.height / 3)), chrome + 1, 0, 2)
    }

    /// The rule, and the titles where they are shown.
    private func chrome(_ kind: SectionKind) -> Int {
        showsHeads && kind.section.hasHead(scene) ? 2 : 1
    }

    private func rows(_ kind: SectionKind) -> Int {
        if focused != nil, let list = page.lists[kind] { return list.rows.count + list.hidden }
        return kind.section.rows(scene).count
    }
}
