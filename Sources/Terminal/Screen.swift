// Screen: canvases in, the bytes that show them out.
import CNcurses
package import Drawing

/// A terminal's screen, drawn by ncurses into memory; whoever holds it writes the bytes to the tty.
package final class Screen {
    package let depth: ColorDepth
    private let screen: OpaquePointer
    private let isUTF8: Bool
    private var palette: Palette
    /// What ncurses knows already: its rows need not be written again.
    private var shown: Canvas?
    private var text: [wchar_t] = []

    /// - Throws: where terminfo does not know `term`, it cannot move its cursor, or a screen is open
    ///   already: ncurses has one at a time.
    package init(
        term: String, size: Size, theme: Theme, surroundings: Surroundings
    ) throws(TerminalError) {
        var opening = claw_opening.refused
        let isColored = !surroundings.isColorUnwanted
        let opened = claw_screen_open(
            term, Int32(size.width), Int32(size.height), isColored, &opening)
        guard let screen = opened else {
            throw TerminalError(opening, term: term)
        }
        self.screen = screen
        isUTF8 = surroundings.isUTF8
        depth = ColorDepth(colors: Int(claw_screen_colours(screen)), surroundings)
        palette = Palette(theme, depth: depth)
    }

    deinit { claw_screen_close(screen) }

    /// The screen of the best terminal that terminfo has for the surroundings.
    package static func opened(
        size: Size, theme: Theme, surroundings: Surroundings
    ) throws(TerminalError) -> Screen {
        for term in surroundings.candidates {
            do throws(TerminalError) {
                return try Screen(term: term, size: size, theme: theme, surroundings: surroundings)
            } catch .unknown {
                continue
            }
        }
        throw .unknown(term: surroundings.term)
    }

    /// What terminfo says of the terminal; nil where it says nothing.
    package func capability(_ name: String) -> String? {
        claw_screen_capability(screen, name).map { String(cString: $0) }
    }

    /// The terminal has a new size; the next frame repaints it all.
    package func resize(to size: Size) {
        claw_screen_resize(screen, Int32(size.width), Int32(size.height))
        shown = nil
    }

    /// The next frame repaints everything, whatever others have written on the terminal.
    package func distrust() { claw_screen_distrust(screen) }

    /// Looks like `theme` from the next frame on.
    package func use(_ theme: Theme) {
        palette = Palette(theme, depth: depth)
        shown = nil
        // The numbers of the colours are the same, what they mean is not.
        distrust()
    }

    /// The bytes that turn what the terminal shows into `canvas`.
    package func frame(_ canvas: Canvas) -> [UInt8] {
        let canvas = plain(canvas)
        if shown?.size != canvas.size {
            claw_screen_erase(screen)
            shown = nil
        }
        for y in 0..<canvas.size.height {
            guard let shown else {
                write(canvas, y, 0..<canvas.size.width)
                continue
            }
            if let columns = shown.differences(y, from: canvas) { write(canvas, y, columns) }
        }
        shown = canvas
        var count = 0
        return filtered(claw_screen_flush(screen, &count), count)
    }

    /// The bytes that give the terminal back; the next frame takes it again.
    package func leave() -> [UInt8] {
        var count = 0
        return filtered(claw_screen_leave(screen, &count), count)
    }

    /// What this terminal can show of `canvas`.
    private func plain(_ canvas: Canvas) -> Canvas {
        if !isUTF8 { return canvas.inASCII }
        return depth == .none ? canvas.withoutColor : canvas
    }

    private func filtered(_ bytes: UnsafePointer<CChar>?, _ count: Int) -> [UInt8] {
        UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count)
            .withMemoryRebound(to: UInt8.self) { bytes in
                ColorFilter(direct: palette.direct).filtered(bytes)
            }
    }

    /// Hands a part of a row to ncurses, neighbouring cells of one style at once.
    private func write(_ canvas: Canvas, _ y: Int, _ columns: Range<Int>) {
        var start = columns.lowerBound
        var style: Style?
        let row = canvas.row(y)
        for x in columns {
            let cell = row[row.startIndex + x]
            guard cell.columns > 0 else { continue }
            if cell.style != style {
                flush(style, x: start, y: y)
                (start, style) = (x, cell.style)
            }
            text.append(wchar_t(bitPattern: cell.scalar.value))
            for mark in canvas.marks(x: x, y: y) { text.append(wchar_t(bitPattern: mark.value)) }
        }
        flush(style, x: start, y: y)
    }

    private func flush(_ style: Style?, x: Int, y: Int) {
        guard let style, !text.isEmpty else { return }
        let look = palette.look(of: style)
        claw_screen_write(screen, Int32(x), Int32(y), text, Int32(text.count), look)
        text.removeAll(keepingCapacity: true)
    }
}
