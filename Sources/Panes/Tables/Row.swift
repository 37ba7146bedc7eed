// Row: one row of a section as it is drawn.
import Drawing

/// What stands in one column.
enum Content: Equatable {
    case blank
    case text(String, Style)
    case spans([Span])
    /// Bars that share their scale with the rest of the column; `base` is what is usual.
    case bars([Double?], base: Double, isSick: Bool)
}

struct Row: Equatable {
    /// Stands before the row: the shape of its state.
    var sign: Span?
    /// Steps to the right, in a tree.
    var depth = 0
    var isSick = false
    /// One for each column of the section; missing ones are blank.
    var cells: [Content] = []
    /// Instead of cells: a line across all columns.
    var line: [Span]?

    /// A row whose subject is gone since its order was kept.
    static func gone(_ name: String) -> Row {
        Row(cells: [.text(name, .faint)], line: [Span("\(name)  gone", .faint)])
    }
}

/// A column and what it is called where one sorts and filters by it.
struct TableColumn {
    var field: String
    var column: Column
    /// As wide as what stands in it; figures, which change all the time, have a fixed width.
    var fits: Bool
    /// It goes rather than being cut.
    var isWhole: Bool
    /// Of what stands in it so much is not cut in a table of ``roomyWidth`` columns or more.
    var roomy: Int?

    /// A table of so many columns is no narrow one.
    static let roomyWidth = 60
    /// From so many columns on there is room for all that is usual.
    static let wideWidth = 100

    init(
        _ field: String, _ column: Column, fits: Bool = false, isWhole: Bool = false,
        roomy: Int? = nil
    ) {
        (self.field, self.column, self.fits) = (field, column, fits)
        (self.isWhole, self.roomy) = (isWhole, roomy)
    }
}
