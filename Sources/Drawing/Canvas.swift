// Canvas: a grid of styled cells, and nothing that knows what they mean.

/// One cell, in eight bytes: a frame of 200x50 is filled and compared in 15 µs.
package struct Cell: Hashable, Sendable {
    /// What is shown, from this column on.
    package var scalar: Unicode.Scalar = " "
    package var role: Role = .text
    package var ground: Ground = .plain
    package var isBold = false
    /// Columns that `scalar` takes; 0 in the right half of a wide one.
    package var columns: UInt8 = 1

    package init() {}

    package init(_ scalar: Unicode.Scalar, _ style: Style, columns: UInt8 = 1) {
        (self.scalar, self.columns) = (scalar, columns)
        (role, ground, isBold) = (style.role, style.ground, style.isBold)
    }

    package var style: Style { Style(role, on: ground, bold: isBold) }
}

package struct Size: Hashable, Sendable {
    package var width, height: Int

    package init(_ width: Int, _ height: Int) {
        (self.width, self.height) = (max(0, width), max(0, height))
    }
}

/// A picture of cells; columns and rows count from 0 at the top left.
package struct Canvas: Hashable, Sendable {
    package let size: Size
    private(set) var cells: [Cell]
    /// Accents and the like that sit on a cell's scalar, by the cell's index: few cells have any.
    private(set) var marks: [Int: [Unicode.Scalar]] = [:]

    /// More than that on one cell is an attack on the screen, not a language.
    private static let mostMarks = 4

    package init(_ size: Size) {
        self.size = size
        cells = Array(repeating: Cell(), count: size.width * size.height)
    }

    package func row(_ y: Int) -> ArraySlice<Cell> {
        cells[y * size.width..<(y + 1) * size.width]
    }

    /// The combining marks on the cell at (`x`, `y`).
    package func marks(x: Int, y: Int) -> [Unicode.Scalar] {
        marks.isEmpty ? [] : marks[y * size.width + x] ?? []
    }

    /// Writes `text` rightwards from (`x`, `y`).
    ///
    /// What falls outside the canvas is clipped; a wide scalar is never cut in half. Whatever the
    /// text holds, it cannot steer the terminal: see ``Undisputed``.
    ///
    /// - Returns: the column after the last one written.
    @discardableResult
    package mutating func write(_ text: String, x: Int, y: Int, _ style: Style = .text) -> Int {
        guard (0..<size.height).contains(y) else { return x }
        let plain = writePlain(text, x: x, y: y, style)
        let rest = text.utf8.index(text.startIndex, offsetBy: plain)
        guard rest < text.endIndex else { return x + plain }
        var end = x + plain
        for (scalar, columns) in Undisputed(text[rest...]) {
            if columns == 0 {
                if end > x { mark(scalar, before: end, y: y) }
            } else {
                put(Cell(scalar, style, columns: UInt8(columns)), x: end, y: y)
            }
            end += columns
        }
        return end
    }

    /// Lays `ground` behind the columns of row `y`, leaving what stands on it.
    package mutating func lay(_ ground: Ground, y: Int, columns: Range<Int>) {
        guard (0..<size.height).contains(y) else { return }
        for x in columns.clamped(to: 0..<size.width) { cells[y * size.width + x].ground = ground }
    }

    /// Copies `other` to (`x`, `y`); what falls outside is clipped.
    package mutating func paste(_ other: Canvas, x: Int, y: Int) {
        let columns = (0..<other.size.width).clamped(to: -x..<max(-x, size.width - x))
        guard !columns.isEmpty else { return }
        for row in 0..<other.size.height where (0..<size.height).contains(y + row) {
            let source = row * other.size.width
            let target = (y + row) * size.width + x
            mend(target + columns.lowerBound)
            mend(target + columns.upperBound - 1)
            _ = cells.withUnsafeMutableBufferPointer { cells in
                other.cells.withUnsafeBufferPointer { others in
                    cells[target + columns.lowerBound..<target + columns.upperBound].update(
                        fromContentsOf: others[
                            source + columns.lowerBound..<source + columns.upperBound])
                }
            }
            cutWide(in: target + columns.lowerBound..<target + columns.upperBound)
            guard !(marks.isEmpty && other.marks.isEmpty) else { continue }
            for column in columns { marks[target + column] = other.marks[source + column] }
        }
    }

    package var withoutMarks: Canvas {
        var copy = self
        copy.marks = [:]
        return copy
    }

    package func mapped(_ change: (Cell) -> Cell) -> Canvas {
        var copy = self
        for index in cells.indices { copy.cells[index] = change(cells[index]) }
        return copy
    }

    /// Writes the printable ASCII that `text` starts with, and counts it.
    private mutating func writePlain(_ text: String, x: Int, y: Int, _ style: Style) -> Int {
        let row = y * size.width
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            var cell = Cell(" ", style)
            for (i, byte) in bytes.enumerated() {
                guard byte &- 0x20 < 0x5F else { return i }
                guard x + i >= 0, x + i < size.width else { continue }
                mend(row + x + i)
                cell.scalar = Unicode.Scalar(byte)
                cells[row + x + i] = cell
            }
            return bytes.count
        } ?? 0
    }

    /// Sets one cell; the visible half of a wide one at the edge is a space.
    private mutating func put(_ cell: Cell, x: Int, y: Int) {
        let at = y * size.width + x
        let visible = (x..<x + Int(cell.columns)).clamped(to: 0..<size.width)
        for column in visible { mend(y * size.width + column) }
        if visible.count == Int(cell.columns) {
            cells[at] = cell
            if cell.columns == 2 { cells[at + 1] = Cell(" ", cell.style, columns: 0) }
        } else {
            for column in visible { cells[y * size.width + column] = Cell(" ", cell.style) }
        }
    }

    private mutating func mark(_ scalar: Unicode.Scalar, before end: Int, y: Int) {
        guard end > 0, end <= size.width else { return }
        let last = y * size.width + end - 1
        let base = cells[last].columns == 0 ? last - 1 : last
        guard marks[base, default: []].count < Self.mostMarks else { return }
        marks[base, default: []].append(scalar)
    }

    /// Makes the cell at `index` free: what is left of a wide scalar there becomes a space.
    private mutating func mend(_ index: Int) {
        if !marks.isEmpty { marks[index] = nil }
        switch cells[index].columns {
        case 0:
            marks[index - 1] = nil
            cells[index - 1] = Cell(" ", cells[index - 1].style)
        case 2: cells[index + 1] = Cell(" ", cells[index + 1].style)
        default: return
        }
        cells[index] = Cell(" ", cells[index].style)
    }

    /// Blanks the half of a wide scalar that an edge of a copied range has cut.
    private mutating func cutWide(in range: Range<Int>) {
        if cells[range.lowerBound].columns == 0 {
            cells[range.lowerBound] = Cell(" ", cells[range.lowerBound].style)
        }
        if cells[range.upperBound - 1].columns == 2 {
            cells[range.upperBound - 1] = Cell(" ", cells[range.upperBound - 1].style)
        }
    }
}

extension Canvas {
    /// The columns of row `y` that look otherwise in `other`, which is of the same size; nil where
    /// none do.
    ///
    /// Wide cells are whole in it, in both canvases.
    package func differences(_ y: Int, from other: Canvas) -> Range<Int>? {
        let start = y * size.width
        let isMarked = !(marks.isEmpty && other.marks.isEmpty)
        func differ(_ x: Int) -> Bool {
            cells[start + x] != other.cells[start + x]
                || isMarked && marks[start + x] != other.marks[start + x]
        }
        guard isMarked || !isEqual(y, to: other),
            var first = (0..<size.width).first(where: differ),
            var last = (first..<size.width).last(where: differ)
        else { return nil }
        func isTail(_ x: Int) -> Bool {
            x < size.width && (cells[start + x].columns == 0 || other.cells[start + x].columns == 0)
        }
        while first > 0, isTail(first) { first -= 1 }
        while isTail(last + 1) { last += 1 }
        return first..<last + 1
    }

    /// Most rows are equal from frame to frame: a cell is compared as the eight bytes that it is.
    private func isEqual(_ y: Int, to other: Canvas) -> Bool {
        let stride = MemoryLayout<Cell>.stride
        let bytes = y * size.width * stride..<(y + 1) * size.width * stride
        return cells.withUnsafeBytes { mine in
            other.cells.withUnsafeBytes { theirs in
                Swift.stride(from: bytes.lowerBound, to: bytes.upperBound, by: stride).allSatisfy {
                    mine.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
                        == theirs.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
                }
            }
        }
    }
}
