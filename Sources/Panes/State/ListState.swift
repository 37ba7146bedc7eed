// ListState: where the viewer is in one list, by identity, and the order that is shown.
import Drawing
import WorldModel

/// Sorted by a field instead of the list's own order.
package struct SortOrder: Hashable, Sendable {
    var field: String
    /// The least first.
    var isInverted = false
}

package struct ListState: Sendable {
    /// Nil follows the first row, whichever that is: the sickest stays in sight.
    var selected: RowID?
    /// The line that the selected row stands on, counted from the top of the list's window.
    var line = 0
    /// Columns scrolled to the right.
    var shift = 0
    var sort: SortOrder?
    var filter: Filter?
    /// Rows of a tree that show what is below them.
    var expanded: Set<RowID> = []
    /// Rows that the next order is for, together.
    var marked: Set<RowID> = []
    /// Where one was before the filter.
    var unfiltered: Position?

    /// The order shown, kept between frames, and how many rows the filter hides.
    private(set) var rows = Rows.none
    private(set) var hidden = 0
    /// Where the selected row stands in it.
    private(set) var index = 0
    /// What the order was made of: the same makes the same.
    var source: OrderSource?

    struct Position {
        var selected: RowID?
        var line: Int
    }

    var current: RowID? { index < rows.count ? rows[index] : nil }

    /// The first row shown in a window of `height` lines; the selected one keeps its line.
    func top(_ height: Int) -> Int {
        let line = min(line, max(0, height - 1))
        return max(0, min(index - line, rows.count - height))
    }

    /// Takes a new order; the selection stays on its row, or goes to the one in its place.
    ///
    /// A window that shows the top goes on showing it, as long as the selected row is inside.
    mutating func show(_ rows: Rows, hiding hidden: Int, in world: World) {
        (self.rows, self.hidden) = (rows, hidden)
        guard let selected else {
            index = 0
            return
        }
        if let place = rows.place(of: selected, near: index, in: world) {
            if line == index { line = place }
            index = place
        } else {
            index = min(index, max(0, rows.count - 1))
            self.selected = current
        }
    }

    /// Selects the row at `target`; the window moves only where the row would be outside, and then
    /// by `stride` rows at least.
    mutating func select(_ target: Int, height: Int, stride: Int = 1) {
        guard rows.count > 0, height > 0 else { return }
        let top = top(height)
        index = min(max(0, target), rows.count - 1)
        let (line, stride) = (index - top, min(stride, height))
        self.line = line < 0 ? stride - 1 : line < height ? line : height - stride
        // Where the list ends the window does not go on.
        self.line = index - self.top(height)
        selected = rows[index]
    }

    /// Selects a row above the selected one; the window moves only where it is not in it.
    mutating func select(_ row: RowID, in world: World) {
        guard let place = rows.place(of: row, near: index, in: world) else { return }
        (line, index, selected) = (max(0, line - (index - place)), place, row)
    }

    /// Moves the window; the selection stays inside.
    mutating func scroll(_ lines: Int, height: Int) {
        guard rows.count > 0, height > 0 else { return }
        let top = max(0, min(top(height) + lines, rows.count - height))
        let moved = min(max(index, top), top + height - 1, rows.count - 1)
        line = moved - top
        if moved != index { (index, selected) = (moved, rows[moved]) }
        if index == 0 { selected = nil }
    }

    /// Scrolls a text, in which nothing is selected, so that it begins at `target`, at most at `last`.
    mutating func read(from target: Int, atMost last: Int) {
        index = max(0, min(target, last))
        line = 0
        selected = nil
    }

    /// Keeps what a text shows where it was.
    mutating func showText(_ rows: Rows) {
        self.rows = rows
        index = min(index, max(0, rows.count - 1))
    }

    /// Follows the first row from now on.
    mutating func followFirst() {
        (selected, index, line) = (nil, 0, 0)
    }
}
