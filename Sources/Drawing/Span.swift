// Span: pieces of one line, each in its own style.

/// A text and how it is written.
package struct Span: Hashable, Sendable {
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = .text) {
        (self.text, self.style) = (text, style)
    }

    package var columns: Int { TextWidth.columns(text) }
}

extension Canvas {
    /// Writes `spans` one after the other, in `columns` at most; the one that does not fit is cut.
    ///
    /// - Returns: the column after the last one written.
    @discardableResult
    package mutating func write(
        _ spans: [Span], x: Int, y: Int, columns: Int = .max
    ) -> Int {
        var end = x
        for span in spans {
            let room = columns == .max ? .max : columns - (end - x)
            guard room > 0 else { break }
            end = write(TextWidth.fitted(span.text, to: room), x: end, y: y, span.style)
        }
        return end
    }

    /// Writes `text` into `columns` columns from `x` on, cut where it is longer.
    package mutating func write(
        _ text: String, x: Int, y: Int, _ style: Style = .text, columns: Int,
        _ alignment: Alignment = .left
    ) {
        let text = TextWidth.fitted(text, to: columns)
        let indent = alignment == .left ? 0 : columns - TextWidth.columns(text)
        write(text, x: x + indent, y: y, style)
    }

    /// Fills the columns of row `y` with `scalar`.
    package mutating func fill(
        _ scalar: Unicode.Scalar, y: Int, columns: Range<Int>, _ style: Style
    ) {
        let columns = columns.clamped(to: 0..<size.width)
        write(
            String(repeating: String(scalar), count: columns.count), x: columns.lowerBound, y: y,
            style)
    }
}
