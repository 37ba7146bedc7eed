// Sparkline: a row of values as a row of little bars.

package enum Sparkline {
    /// One character per value, an eighth of a line being the least; a gap where a value is not known.
    ///
    /// `values` are oldest first. `top` is the value of a full bar, the same for all that are to be
    /// compared; nil for the greatest of `values`.
    package static func text(
        _ values: [Double?], upTo top: Double? = nil, glyphs: Glyphs = .unicode
    ) -> String {
        let top = top ?? greatest(values)
        return String(
            values.map { value in
                level(value, of: glyphs.levels.count, upTo: top).map { glyphs.levels[$0] } ?? " "
            })
    }

    /// Draws `values` into `columns` columns that end at the newest one; `style` is asked per value.
    package static func draw(
        _ values: [Double?], on canvas: inout Canvas, x: Int, y: Int, columns: Int,
        upTo top: Double? = nil, style: (Double) -> Style = { _ in .bar }
    ) {
        let shown = resampled(values, to: columns)
        let top = top ?? greatest(shown)
        for (i, value) in shown.enumerated() {
            guard let value else { continue }
            let bar = text([value], upTo: top)
            canvas.write(bar, x: x + columns - shown.count + i, y: y, style(value))
        }
    }

    private static func greatest(_ values: [Double?]) -> Double {
        values.lazy.compactMap(\.self).filter(\.isFinite).max() ?? 0
    }

    /// Which of `count` bars stands for `value`; nil for one that is not known.
    private static func level(_ value: Double?, of count: Int, upTo top: Double) -> Int? {
        guard let value, !value.isNaN else { return nil }
        guard top > 0, value > 0 else { return 0 }
        return min(count - 1, Int(min(value / top, 1) * Double(count)))
    }
}
