// Chart: one series as dots, eight to a cell, with its scale on the left.

/// Values, oldest first, across all the room there is; gaps where nothing is known.
///
/// It stands on nothing, or on the least value where that is below.
package struct Chart {
    package let size: Size
    private let values: [Double?]
    private let range: ClosedRange<Double>
    private let labels: [String]

    /// `bound` is a value that the scale must reach, such as a threshold; `label` puts a value of
    /// the scale into words.
    package init(
        _ values: [Double?], size: Size, reaching bound: Double? = nil, label: (Double) -> String
    ) {
        (self.values, self.size) = (values, size)
        let known = (values + [bound]).compactMap(\.self).filter(\.isFinite)
        range = min(0, known.min() ?? 0)...max(0, known.max() ?? 0)
        labels =
            size.height > 1
            ? [label(range.upperBound), label(range.lowerBound)] : [label(range.upperBound)]
    }

    /// Where the dots begin, right of the scale.
    package var left: Int { (labels.map { TextWidth.columns($0) }.max() ?? 0) + 2 }

    private var dots: Dots { Dots(width: size.width - left, height: size.height) }
    /// One value for each column of dots; few values are stretched, many are joined.
    private var shown: [Double?] {
        let columns = dots.width * 2
        guard values.count < columns, !values.isEmpty else { return resampled(values, to: columns) }
        return (0..<columns).map { values[$0 * values.count / columns] }
    }

    package func draw() -> Canvas {
        var canvas = Canvas(size)
        for (text, y) in zip(labels, [0, size.height - 1]) {
            canvas.write(text, x: 0, y: y, .muted, columns: left - 2, .right)
        }
        for y in 0..<size.height { canvas.write("│", x: left - 1, y: y, .rule) }
        let drawing = dots.drawing(shown.map { $0.flatMap(height) })
        for y in 0..<size.height { canvas.write(drawing.line(y), x: left, y: y, .bar) }
        return canvas
    }

    /// The row that `value` lies in; nil outside of the scale.
    package func row(of value: Double) -> Int? {
        guard range.contains(value), size.height > 0 else { return nil }
        return size.height - 1 - (height(value) ?? 0) / 4
    }

    /// The column of the value at `index`; nil where there is none.
    package func column(of index: Int) -> Int? {
        guard values.indices.contains(index), dots.width > 0 else { return nil }
        return left + index * dots.width / values.count
    }

    /// Dots above the bottom, for what can be drawn.
    private func height(_ value: Double) -> Int? {
        guard !value.isNaN else { return nil }
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else { return 0 }
        let share = min(1, max(0, (value - range.lowerBound) / span))
        return Int(share * Double(size.height * 4 - 1) + 0.5)
    }
}

/// Cells of braille: two dots wide, four high.
///
/// What draws stays out of line: inside of the chart's own function it takes the optimiser a second.
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

    /// Columns filled up to their heights.
    @inline(never)
    func drawing(_ heights: [Int?]) -> Dots {
        var dots = self
        guard height > 0 else { return dots }
        for (i, top) in heights.enumerated() {
            guard let top else { continue }
            for dot in 0...min(top, height * 4 - 1) {
                dots.set(x: i, y: dot)
            }
        }
        return dots
    }

    @inline(never)
    func line(_ y: Int) -> String {
        var line = String.UnicodeScalarView()
        for bits in cells[y * width..<(y + 1) * width] {
            line.append(Unicode.Scalar(0x2800 + UInt32(bits)) ?? " ")
        }
        return String(line)
    }
}
