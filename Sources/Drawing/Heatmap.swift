// Heatmap: how many fell into which bucket over time, two buckets a row of cells.

package enum Heatmap {
    /// Draws one column per moment, the newest at the right edge, the lowest bucket at the bottom.
    ///
    /// `moments` are oldest first; each holds the counts of its buckets, lowest first, and is nil
    /// where nothing is known of it, which stays blank: that is not the same as none. `peak` is the
    /// count of the greatest heat; nil for the greatest there is.
    package static func draw(_ moments: [[Double]?], size: Size, peak: Double? = nil) -> Canvas {
        var canvas = Canvas(size)
        let shown = moments.suffix(size.width)
        let columns = shown.map { $0.map { fitted($0, to: size.height * 2) } }
        let peak = peak ?? columns.lazy.compactMap { $0?.max() }.max() ?? 0
        for (i, column) in columns.enumerated() {
            guard let column else { continue }
            let x = size.width - shown.count + i
            for y in 0..<size.height {
                let bottom = (size.height - 1 - y) * 2
                let lower = share(column[bottom], of: peak)
                let upper = share(column[bottom + 1], of: peak)
                canvas.write("▀", x: x, y: y, Style(.heat(upper), on: .heat(lower)))
            }
        }
        return canvas
    }

    /// Counts span decades: their square root keeps the few visible beside the many.
    private static func share(_ count: Double, of peak: Double) -> Double {
        peak > 0 && count > 0 ? (count / peak).squareRoot() : 0
    }

    /// `buckets` spread over, or summed into, `count` rows.
    @inline(never)
    private static func fitted(_ buckets: [Double], to count: Int) -> [Double] {
        guard !buckets.isEmpty else { return Array(repeating: 0, count: count) }
        return (0..<count).map { row in
            let from = row * buckets.count / count
            let to = max(from + 1, (row + 1) * buckets.count / count)
            return buckets[from..<to].reduce(0, +)
        }
    }
}
