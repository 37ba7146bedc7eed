// AlignedText: rows of cells as lines of plain text.
import Drawing

/// Columns as wide as their widest cell; nothing remote reaches the terminal as it came.
func aligned(_ rows: [[String]]) -> [String] {
    let rows = rows.map { $0.map(\.harmless.short) }
    var widths: [Int] = []
    for row in rows {
        for (column, cell) in row.enumerated() {
            if column == widths.count { widths.append(0) }
            widths[column] = min(60, max(widths[column], TextWidth.columns(cell)))
        }
    }
    return rows.map { row in
        var line = " "
        for (column, cell) in row.enumerated() {
            let blanks = max(0, widths[column] - TextWidth.columns(cell))
            line += " \(cell)" + String(repeating: " ", count: blanks)
        }
        return String(line.reversed().drop { $0 == " " }.reversed())
    }
}

extension String {
    /// Without control characters, marks of direction and what is not seen: those become `·`.
    var harmless: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result.append("·")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// Not more of it than somebody reads in a row; JSON has all of it.
    var short: String {
        // Scalars: a character may be made of thousands of them.
        let most = 400
        guard unicodeScalars.count > most else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.prefix(most))) + "…"
    }
}
