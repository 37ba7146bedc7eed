// SectionRule: the line that opens a section: `── Title ───── sum ──`.

package enum SectionRule {
    /// One row: the title on the left, the sum on the right, cut where there is no room for it.
    package static func draw(_ title: String, sum: [Span], width: Int) -> Canvas {
        var canvas = Canvas(Size(width, 1))
        canvas.fill("─", y: 0, columns: 0..<width, .rule)
        let left = title.isEmpty ? 0 : canvas.write(" \(title) ", x: 2, y: 0, .title)
        // Two of the rule and a space on either side of the sum.
        let room = min(width - left - 6, sum.reduce(0) { $0 + $1.columns })
        guard room > 0 else { return canvas }
        let x = width - room - 4
        canvas.write(" ", x: x, y: 0)
        let end = canvas.write(sum, x: x + 1, y: 0, columns: room)
        canvas.write(" ", x: end, y: 0)
        return canvas
    }

    package static func draw(
        _ title: String, sum: String = "", width: Int, style: Style = .muted
    ) -> Canvas {
        draw(title, sum: sum.isEmpty ? [] : [Span(sum, style)], width: width)
    }
}
