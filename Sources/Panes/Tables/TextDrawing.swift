// TextDrawing: a text that is read, its lines folded to the room there is.
import Drawing

extension SectionDrawing {
    /// How many of the text's own lines are seen at once.
    var linesInSight: Int { max(1, count(from: list.index, by: 1)) }

    /// Where the text begins when one reads its end.
    var lastTop: Int { max(0, list.rows.count - max(1, count(from: list.rows.count - 1, by: -1))) }

    func drawText(on canvas: inout Canvas) {
        var y = rowsAt
        for index in list.index..<list.rows.count where y < size.height {
            let row = section.row(list.rows[index], scene, list)
            if let sign = row.sign { canvas.write(sign.text, x: 1, y: y, sign.style) }
            for line in folded(row) where y < size.height {
                canvas.write(line, x: 3, y: y, columns: room)
                y += 1
            }
        }
    }

    private var room: Int { max(1, size.width - 4) }

    private func folded(_ row: Row) -> [[Span]] {
        Panes.folded(row.line ?? [], width: room)
    }

    /// How many lines fit, counted from `start` on.
    private func count(from start: Int, by step: Int) -> Int {
        var (count, left, index) = (0, height, start)
        while index >= 0, index < list.rows.count {
            left -= folded(section.row(list.rows[index], scene, list)).count
            guard left >= 0 else { break }
            (count, index) = (count + 1, index + step)
        }
        return count
    }
}
