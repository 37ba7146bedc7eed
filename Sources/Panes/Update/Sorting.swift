// Sorting: by a column, there and back.
import WorldModel

extension UIState {
    mutating func sort(_ command: Command, _ reach: Reach) {
        let scene = scene(reach.world)
        let focused = page.focused(scene)
        var list = page.lists[focused] ?? ListState()
        switch command {
        case .sort(let forward): list.sort = next(after: list.sort, forward, focused, scene)
        case .invert:
            let first = sortable(focused, scene).first
            list.sort = list.sort ?? first.map { SortOrder(field: $0) }
            list.sort?.isInverted.toggle()
        default: return
        }
        show(list, of: focused, reach)
    }

    /// Sorts by a column whose title was clicked; a second click inverts.
    mutating func sort(by field: String, _ kind: SectionKind, _ reach: Reach) {
        let scene = scene(reach.world)
        guard sortable(kind, scene).contains(field) else { return }
        var list = page.lists[kind] ?? ListState()
        if list.sort?.field == field {
            list.sort?.isInverted.toggle()
        } else {
            list.sort = SortOrder(field: field)
        }
        show(list, of: kind, reach)
    }

    private mutating func show(_ list: ListState, of kind: SectionKind, _ reach: Reach) {
        var list = list
        list.mend(kind.section, scene(reach.world))
        page.lists[kind] = list
    }

    /// The list's own order, then the columns from left to right, round and round.
    private func next(
        after sort: SortOrder?, _ forward: Bool, _ kind: SectionKind, _ scene: Scene
    ) -> SortOrder? {
        let fields = sortable(kind, scene)
        let index = sort.flatMap { fields.firstIndex(of: $0.field) } ?? -1
        let next = index + (forward ? 1 : -1)
        if next == fields.count || next == -1 { return nil }
        return fields.isEmpty ? nil : SortOrder(field: fields[next < -1 ? fields.count - 1 : next])
    }

    /// Columns that have a measure.
    private func sortable(_ kind: SectionKind, _ scene: Scene) -> [String] {
        let known = Set(kind.section.fields.map(\.name))
        return kind.section.columns(scene).map(\.field).filter(known.contains)
    }
}
