// Pointing: the wheel scrolls, a click selects, a click on a title sorts.
import Drawing
import WorldModel

extension UIState {
    mutating func wheel(_ rows: Int, x: Int, y: Int, _ reach: Reach) {
        guard case .browsing = mode, let (placed, drawing) = target(x, y, reach) else { return }
        var list = drawing.list
        if drawing.section.isText {
            list.read(from: list.index + rows, atMost: drawing.lastTop)
        } else {
            list.scroll(rows, height: drawing.height)
        }
        page.lists[placed.kind] = list
        lastNavigation = shown(reach.world).now
    }

    mutating func click(x: Int, y: Int, _ reach: Reach) -> [Intent] {
        clearMessage()
        guard case .browsing = mode, let (placed, drawing) = target(x, y, reach) else { return [] }
        page.focus = placed.kind
        let line = y - placed.y
        if line >= drawing.rowsAt {
            select(line - drawing.rowsAt, placed, drawing, reach)
        } else if line == 1, let field = drawing.field(at: x - placed.x) {
            sort(by: field, placed.kind, reach)
        }
        return []
    }

    private mutating func select(
        _ line: Int, _ placed: Placed, _ drawing: SectionDrawing, _ reach: Reach
    ) {
        var list = drawing.list
        let row = list.top(drawing.height) + line
        guard !drawing.section.isText, row < list.rows.count else { return }
        list.select(row, height: drawing.height)
        page.lists[placed.kind] = list
        lastNavigation = shown(reach.world).now
    }

    /// The list under the pointer.
    private func target(_ x: Int, _ y: Int, _ reach: Reach) -> (Placed, SectionDrawing)? {
        let scene = scene(reach.world)
        let arrangement = Arrangement.of(self, scene, size: reach.size)
        guard let placed = arrangement.section(atX: x, y: y), placed.kind.isList, !placed.isBeside
        else { return nil }
        let drawing = Screen.drawing(
            placed, self, scene.about(placed.subject), arrangement, isFocused: true)
        return (placed, drawing)
    }
}
