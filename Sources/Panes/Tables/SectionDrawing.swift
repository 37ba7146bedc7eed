// SectionDrawing: a section as cells; only the rows in sight are formatted.
import Drawing
import Wording
import WorldModel

/// One section in the room it was given.
struct SectionDrawing {
    let section: any Section
    let list: ListState
    let scene: Scene
    let placed: Placed
    var isFocused = false
    var showsHead = true

    /// Where the rows begin, after the rule and the titles.
    var rowsAt: Int { 1 + (hasHead ? 1 : 0) }
    var height: Int { max(0, size.height - rowsAt) }

    private var hasHead: Bool { showsHead && section.hasHead(scene) }

    func draw() -> Canvas {
        let still = memory.map { $0.section(sight, drawStill) } ?? drawStill()
        var canvas = still.picture
        guard isFocused else { return canvas }
        canvas.paste(rule(still.sum), x: 0, y: 0)
        let line = list.index - top
        if !section.isText, list.rows.count > 0, (0..<height).contains(line) {
            canvas.lay(.selection, y: rowsAt + line, columns: 0..<size.width)
        }
        return canvas
    }

    /// What stays while only the selection moves.
    private func drawStill() -> PaintMemory.Still {
        var canvas = Canvas(size)
        let sum = joined([sickAbove, filterWords, section.sum(scene), orderWords])
        if !isFocused { canvas.paste(rule(sum), x: 0, y: 0) }
        drawRows(on: &canvas)
        return PaintMemory.Still(picture: canvas, sum: sum)
    }

    var size: Size { placed.size }
    /// The column beside the lists is kept as a whole, and a text is as soon drawn as compared.
    private var memory: PaintMemory? {
        section.isText || placed.isBeside ? nil : scene.memory
    }
    private var top: Int { section.isText ? list.index : list.top(height) }

    private var sight: PaintMemory.Sight {
        PaintMemory.Sight(
            placed: placed, place: scene.place, source: list.source, top: top, shift: list.shift,
            isFocused: isFocused, marked: list.marked, acking: scene.acking)
    }

    private func drawRows(on canvas: inout Canvas) {
        if section.isText, list.rows.count > 0 { return drawText(on: &canvas) }
        let last = min(list.rows.count, top + height)
        guard top < last else {
            return drawEmptiness(on: &canvas)
        }
        let ids = (top..<last).map { list.rows[$0] }
        let rows = ids.map(row)
        let columns = fittingColumns(rows)
        if hasHead { drawHead(columns, on: &canvas) }
        let painter = RowPainter(
            columns: columns, width: size.width, shift: list.shift, tops: tops(rows))
        for (line, row) in rows.enumerated() {
            let y = rowsAt + line
            if let rowMemory {
                let picture = rowMemory.picture(ids[line], of: row, in: painter.layout) { canvas in
                    painter.paint(row, on: &canvas, y: 0)
                }
                canvas.paste(picture, x: 0, y: y)
            } else {
                painter.paint(row, on: &canvas, y: y)
            }
        }
    }

    /// Only rows that depend on the world alone may be kept.
    private var rowMemory: PaintMemory? { section is ServiceRows ? scene.memory : nil }

    private func row(_ id: RowID) -> Row {
        guard let rowMemory else { return section.row(id, scene, list) }
        return rowMemory.row(id) { section.row(id, scene, list) }
    }

    // The rule, with the place of the selection first.

    private func rule(_ sum: [Span]) -> Canvas {
        var place: [Span] = []
        if isFocused, !section.isText, list.rows.count > 0 {
            let words = "row \(grouped(list.index + 1)) of \(grouped(list.rows.count))"
            place = [Span(words, .muted)]
        }
        return SectionRule.draw(
            section.title(scene), sum: joined([place, sum]), width: size.width)
    }

    /// What is sicker than the rows in sight must not go unnoticed above them.
    private var sickAbove: [Span] {
        guard list.sort == nil, section.order == "sickest first",
            case .services(let services) = list.rows
        else { return [] }
        let count = sickCount(of: services[..<min(list.top(height), services.count)])
        guard count > 0 else { return [] }
        return [Span("\(scene.glyphs.critical) \(grouped(count)) sick above", .critical)]
    }

    /// The sick stand first, so a few looks find where they end.
    private func sickCount(of services: ArraySlice<Service>) -> Int {
        var (low, high) = (0, services.count)
        while low < high {
            let middle = (low + high) / 2
            if services[middle].isSick {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private var filterWords: [Span] {
        guard let filter = list.filter, !filter.text.isEmpty else { return [] }
        return [Span("filter \(filter.text) hides \(grouped(list.hidden))", .info)]
    }

    private var orderWords: [Span] {
        guard let sort = list.sort else {
            return section.order.isEmpty ? [] : [Span(section.order, .muted)]
        }
        return [Span("by \(sort.field)\(sort.isInverted ? ", inverted" : "")", .info)]
    }

    private func drawEmptiness(on canvas: inout Canvas) {
        guard height > 0 else { return }
        let words =
            list.hidden > 0
            ? "nothing matches \(list.filter?.text ?? ""); Esc shows all" : section.emptiness(scene)
        canvas.write(words, x: 3, y: 1, .muted, columns: max(0, size.width - 4))
    }

    // Columns.

    /// The columns there is room for; the first one is as wide as what stands in it.
    private func fittingColumns(_ rows: [Row]) -> [PlacedColumn] {
        var columns = fitted(section.columns(scene), to: rows)
        if list.shift > 0 {
            // Scrolled: the columns next to the first one are left out, and the others move up.
            for index in 1..<max(1, columns.count) where index <= list.shift {
                columns[index] = .left
            }
        }
        return TableLayout(columns: columns).placed(in: size.width - 3, from: 3)
    }

    /// Texts get the room that those in sight need; the first column grows by steps, so that
    /// scrolling does not shake it.
    private func fitted(_ columns: [TableColumn], to rows: [Row]) -> [Column] {
        columns.enumerated().map { index, table in
            let (column, part) = (table.column, table.column.part)
            guard !isNeedless(index, rows) else { return .left }
            guard table.fits || index == 0 else { return column }
            let longest = rows.lazy.map { $0.width(of: index) }.max() ?? 0
            let wanted = max(longest, TextWidth.columns(column.title))
            let width = max(part.wanted, index == 0 ? (wanted + 3) / 4 * 4 : wanted)
            let roomy = size.width < TableColumn.roomyWidth ? nil : table.roomy
            let most = max(part.wanted, size.width / 3, index == 0 ? roomy ?? 0 : 24)
            return Column(
                column.title, width: min(width, most),
                min: index == 0 || table.isWhole ? nil : roomy ?? part.least, flex: part.flex,
                alignment: column.alignment, priority: part.priority)
        }
    }

    /// In a narrow table whose rows are all in sight, a column in which nothing stands leaves its
    /// room to others.
    ///
    /// Where one scrolls columns stay where they are.
    private func isNeedless(_ index: Int, _ rows: [Row]) -> Bool {
        index > 0 && size.width < TableColumn.wideWidth && list.rows.count <= height
            && !rows.isEmpty && rows.allSatisfy { $0.isBlank(at: index) }
    }

    private func drawHead(_ columns: [PlacedColumn], on canvas: inout Canvas) {
        let fields = section.columns(scene)
        for column in columns {
            let isSorted = list.sort?.field == fields[column.index].field
            canvas.write(column.title, in: column, y: 1, isSorted ? .info : .faint)
        }
    }

    /// The greatest value of each column of bars.
    private func tops(_ rows: [Row]) -> [Double] {
        section.columns(scene).indices.map { index in
            rows.lazy.compactMap { row -> Double? in
                guard index < row.cells.count, case .bars(let values, _, _) = row.cells[index]
                else { return nil }
                return values.lazy.compactMap(\.self).max()
            }.max() ?? 0
        }
    }

    /// The field whose title stands at column `x`.
    func field(at x: Int) -> String? {
        let top = list.top(height)
        let rows = (top..<min(list.rows.count, top + height)).map {
            section.row(list.rows[$0], scene, list)
        }
        let column = fittingColumns(rows).last { $0.x <= x }
        return column.map { section.columns(scene)[$0.index].field }
    }
}

extension Row {
    fileprivate func isBlank(at index: Int) -> Bool {
        guard line == nil, index < cells.count else { return true }
        return switch cells[index] {
        case .blank, .text("", _), .spans([]): true
        case .text, .spans, .bars: false
        }
    }

    fileprivate func width(of index: Int) -> Int {
        guard line == nil, index < cells.count else { return 0 }
        let indent = index == 0 ? depth * 2 : 0
        return switch cells[index] {
        case .text(let text, _): TextWidth.columns(text.firstLine) + indent
        case .spans(let spans): spans.reduce(0) { $0 + $1.columns } + indent
        case .blank, .bars: 0
        }
    }
}

extension Column {
    /// Of a column that is left out.
    fileprivate static let left = Column("", width: 0, min: 0, priority: 99)
}
