// Navigating: moving in a list, between lists, and by what is sick or found.
import Drawing
import Events
import WorldModel

extension UIState {
    mutating func navigate(_ command: Command, _ reach: Reach) {
        var scene = scene(reach.world)
        scene.memory = reach.memory
        let focused = page.focused(scene)
        switch command {
        case .section(let forward): focusNext(forward, scene)
        case .zoom: page.isZoomed.toggle()
        default:
            var list = page.lists[focused] ?? ListState()
            let window = window(of: focused, scene, reach.size)
            list.navigate(command, focused.section, scene, window)
            page.lists[focused] = list
            lastNavigation = scene.now
        }
    }

    private func window(of kind: SectionKind, _ scene: Scene, _ size: Size) -> Window {
        let arrangement = Arrangement.of(self, scene, size: size)
        guard let placed = arrangement.placed.first(where: { $0.kind == kind && !$0.isBeside })
        else { return Window() }
        let drawing = Screen.drawing(placed, self, scene, arrangement, isFocused: true)
        guard kind.section.isText else { return Window(height: drawing.height) }
        return Window(height: drawing.linesInSight, lastTop: drawing.lastTop)
    }

    private mutating func focusNext(_ forward: Bool, _ scene: Scene) {
        let kinds = scene.sections.filter(\.isList)
        guard let index = kinds.firstIndex(of: page.focused(scene)) else { return }
        page.focus = kinds[(index + (forward ? 1 : kinds.count - 1)) % kinds.count]
    }
}

/// What one sees of a list at once.
private struct Window {
    /// Rows.
    var height = 1
    /// Where a text that is scrolled to its end begins.
    var lastTop = 0
}

extension ListState {
    fileprivate mutating func navigate(
        _ command: Command, _ section: any Section, _ scene: Scene, _ window: Window
    ) {
        let height = window.height
        switch command {
        case .move(let move): self.move(move, window, isText: section.isText)
        case .shift(let columns):
            shift = min(max(0, shift + columns), max(0, section.columns(scene).count - 2))
        case .match(let forward): match(forward, section, scene, window)
        case .sick(let forward):
            let list = self
            step(forward, height: height) { section.row($0, scene, list).isSick }
        default: return
        }
    }

    private mutating func move(_ move: Move, _ window: Window, isText: Bool) {
        let height = window.height
        let target =
            switch move {
            case .up: index - 1
            case .down: index + 1
            case .halfPageUp: index - max(1, height / 2)
            case .halfPageDown: index + max(1, height / 2)
            case .pageUp: index - max(1, height - 1)
            case .pageDown: index + max(1, height - 1)
            case .top: 0
            case .bottom: rows.count - 1
            }
        if isText { return read(from: target, atMost: window.lastTop) }
        // One step over the edge shows what comes next: the window stands still for the steps after
        // it, and each of them repaints two rows instead of all.
        let isStep = abs(target - index) == 1
        select(target, height: height, stride: isStep ? max(1, height / 4) : 1)
        // At the top one follows what is sickest.
        if index == 0 { followFirst() }
    }

    /// In a filtered table every row matches; in a text the lines that are found do.
    private mutating func match(
        _ forward: Bool, _ section: any Section, _ scene: Scene, _ window: Window
    ) {
        guard let filter else { return }
        guard section.isText else { return step(forward, height: window.height) { _ in true } }
        step(forward, height: window.height) { filter.isFound(in: section.searched($0, scene)) }
        read(from: index, atMost: window.lastTop)
    }

    /// To the next row that `holds`, from the other end on where there is none.
    mutating func step(_ forward: Bool, height: Int, where holds: (RowID) -> Bool) {
        guard rows.count > 0 else { return }
        for distance in 1...rows.count {
            let place = (index + (forward ? distance : 2 * rows.count - distance)) % rows.count
            if holds(rows[place]) { return select(place, height: height) }
        }
    }
}
