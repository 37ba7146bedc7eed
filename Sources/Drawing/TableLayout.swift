// TableLayout: which columns of a table are shown, where, and how wide.

/// One column of a table.
package struct Column: Hashable, Sendable {
    package var title: String
    package var alignment: Alignment
    package var part: Part

    /// Takes `width` columns, `min` where room is short (`width` when nil), and its share by `flex`
    /// of what is left over.
    ///
    /// In a narrow table the highest `priority` goes first, rightmost among equals; 0 always stays.
    package init(
        _ title: String, width: Int, min: Int? = nil, flex: Int = 0,
        alignment: Alignment = .left, priority: Int = 0
    ) {
        (self.title, self.alignment) = (title, alignment)
        part = Part(width, least: min, flex: flex, priority: priority)
    }
}

/// A column that has its place.
package struct PlacedColumn: Hashable, Sendable {
    /// Its place in the layout's `columns`.
    package var index: Int
    package var x, width: Int
    package var title: String
    package var alignment: Alignment
}

package struct TableLayout: Hashable, Sendable {
    package var columns: [Column]
    /// Blank columns between two of them.
    package var gap: Int

    package init(columns: [Column], gap: Int = 2) {
        (self.columns, self.gap) = (columns, gap)
    }

    /// The columns that `width` has room for, from left to right, the first one at `x`.
    package func placed(in width: Int, from x: Int = 0) -> [PlacedColumn] {
        var x = x
        var placed: [PlacedColumn] = []
        let lengths = Split.lengths(of: columns.map(\.part), in: width, gap: gap)
        for (index, (column, length)) in zip(columns, lengths).enumerated() {
            guard let length, length > 0 else { continue }
            placed.append(
                PlacedColumn(
                    index: index, x: x, width: length, title: column.title,
                    alignment: column.alignment))
            x += length + gap
        }
        return placed
    }
}

extension Canvas {
    /// Writes `text` into row `y` of `column`, aligned as the column is, cut where it is too long.
    package mutating func write(
        _ text: String, in column: PlacedColumn, y: Int, _ style: Style = .text
    ) {
        write(text, x: column.x, y: y, style, columns: column.width, column.alignment)
    }
}
