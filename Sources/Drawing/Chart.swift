// Chart: one series as dots, eight to a cell, with its scale on the left.

package enum Chart {
    /// Draws `values`, oldest first, the newest at the right edge; gaps where nothing is known.
    ///
    /// `top` is the value at the top, nil for the greatest of `values`; `isFilled` fills the room
    /// below the line; `label` puts a value of the scale into words.
    package static func draw(
        _ values: [Double?], size: Size, upTo top: Double? = nil, isFilled: Bool = true,
        style: Style = .bar, label: (Double) -> String
    ) -> Canvas {
        var canvas = Canvas(size)
        let top = top ?? values.lazy.compactMap(\.self).filter(\.isFinite).max() ?? 0
        let left = drawScale(upTo: top, on: &canvas, label: label)
        let plot = Dots(width: size.width - left, height: size.height)
            .drawing(values, upTo: top, isFilled: isFilled)
        for y in 0..<size.height { canvas.write(plot.line(y), x: left, y: y, style) }
        return canvas
    }

    /// Writes the greatest value at the top, the least at the bottom, and the axis; returns its width.
    private static func drawScale(
        upTo top: Double, on canvas: inout Canvas, label: (Double) -> String
    ) -> Int {
        let labels = canvas.size.height > 1 ? [label(top), label(0)] : [label(top)]
        let width = labels.map { TextWidth.columns($0) }.max() ?? 0
        for (text, y) in zip(labels, [0, canvas.size.height - 1]) {
            canvas.write(text, x: 0, y: y, .muted, columns: width, .right)
        }
        for y in 0..<canvas.size.height { canvas.write("│", x: width + 1, y: y, .rule) }
        return width + 2
    }
}

/// Cells of braille: two dots wide, four high.
private struct Dots {
    let width, height: Int
    private var cells: [UInt8]

    init(width: Int, height: Int) {
        (self.width, self.height) = (max(0, width), max(0, height))
        cells = Array(repeating: 0, count: self.width * self.height)
    }

    /// The bit of each dot, by column and row.
    ///
    /// Source: <https://www.unicode.org/charts/PDF/U2800.pdf>
    private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

    /// Sets the dot in column `x`, `y` dots above the bottom.
    private mutating func set(x: Int, y: Int) {
        let down = height * 4 - 1 - y
        cells[down / 4 * width + x / 2] |= Self.bits[x % 2][down % 4]
    }

    func drawing(_ values: [Double?], upTo top: Double, isFilled: Bool) -> Dots {
        var dots = self
        let shown = resampled(values, to: width * 2)
        var previous: Int?
        for (i, value) in shown.enumerated() {
            guard let value, !value.isNaN, height > 0 else {
                previous = nil
                continue
            }
            let share = top > 0 ? min(1, max(0, value / top)) : 0
            let y = Int(share * Double(height * 4 - 1) + 0.5)
            let from = isFilled ? 0 : min(y, previous.map { $0 < y ? $0 + 1 : $0 } ?? y)
            let to = isFilled ? y : max(y, previous.map { $0 > y ? $0 - 1 : $0 } ?? y)
            for dot in from...to { dots.set(x: width * 2 - shown.count + i, y: dot) }
            previous = y
        }
        return dots
    }

    func line(_ y: Int) -> String {
        var line = String.UnicodeScalarView()
        for bits in cells[y * width..<(y + 1) * width] {
            line.append(Unicode.Scalar(0x2800 + UInt32(bits)) ?? " ")
        }
        return String(line)
    }
}
