// AlignedText: rows of cells as lines of plain text.
import Drawing

/// Columns as wide as their widest cell; nothing remote reaches the terminal as it came.
func aligned(_ rows: [[String]]) -> [String] {
    let rows = rows.map { $0.map(\.harmless) }
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
    /// Without control characters and marks of direction: those become `·`.
    var harmless: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF:
                result.append("·")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
