// CanvasText: a canvas as text, for snapshots and for pipes.

extension Canvas {
    /// The symbols, one line per row, without trailing spaces.
    package var text: String {
        (0..<size.height).map { y in
            var line = String.UnicodeScalarView()
            for (x, cell) in row(y).enumerated() where cell.columns > 0 {
                line.append(cell.scalar)
                line.append(contentsOf: marks(x: x, y: y))
            }
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }

    /// The roles, one letter per cell; selected cells as `S`.
    package var roles: String {
        (0..<size.height).map { y in
            String(row(y).map { $0.ground == .selection ? "S" : $0.role.letter })
        }.joined(separator: "\n")
    }
}
