// RowPainter: one row, written cell by cell into its columns.
import Drawing

struct RowPainter {
    let columns: [PlacedColumn]
    let width: Int
    let shift: Int
    /// The full bar of each column of bars.
    let tops: [Double]

    var layout: PaintMemory.Layout {
        PaintMemory.Layout(columns: columns, width: width, shift: shift, tops: tops)
    }

    func paint(_ row: Row, on canvas: inout Canvas, y: Int) {
        if let sign = row.sign { canvas.write(sign.text, x: 1 + row.depth * 2, y: y, sign.style) }
        if let line = row.line {
            canvas.write(line, x: 3 + row.depth * 2, y: y, columns: width - 3 - row.depth * 2)
        } else {
            for column in columns where column.index < row.cells.count {
                paint(row.cells[column.index], row, in: column, on: &canvas, y: y)
            }
        }
    }

    private func paint(
        _ content: Content, _ row: Row, in column: PlacedColumn, on canvas: inout Canvas, y: Int
    ) {
        let indent = column.index == 0 ? row.depth * 2 : 0
        let (x, room) = (column.x + indent, max(0, column.width - indent))
        switch content {
        case .blank: return
        case .text(let text, let style):
            canvas.write(text, x: x, y: y, style, columns: room, column.alignment)
        case .spans(let spans): canvas.write(spans, x: x, y: y, columns: room)
        case .bars(let values, let base, let isSick):
            Sparkline.draw(
                spread(values, over: room), on: &canvas, x: x, y: y, columns: room,
                upTo: tops[column.index]
            ) { value in
                guard isSick else { return .faint }
                return value >= base * 4 ? .critical : .bar
            }
        }
    }

    /// Values repeated where there is more room than values.
    private func spread(_ values: [Double?], over columns: Int) -> [Double?] {
        guard columns > values.count, !values.isEmpty else { return values }
        return (0..<columns).map { values[$0 * values.count / columns] }
    }
}
