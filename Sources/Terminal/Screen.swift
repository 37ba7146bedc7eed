// Screen: canvases in, the bytes that show them out.
import CNcurses
package import Drawing

/// A terminal's screen, drawn by ncurses into memory; whoever holds it writes the bytes to the tty.
package final class Screen {
    private let screen: OpaquePointer

    /// - Returns: nil where terminfo does not know `term`, it cannot move its cursor, or a screen is
    ///   open already: ncurses has one at a time.
    package init?(term: String, size: Size) {
        guard let screen = claw_screen_open(term, Int32(size.width), Int32(size.height)) else {
            return nil
        }
        self.screen = screen
    }

    deinit { claw_screen_close(screen) }

    /// The terminal has a new size; the next frame repaints it all.
    package func resize(to size: Size) {
        claw_screen_resize(screen, Int32(size.width), Int32(size.height))
    }

    /// The bytes that turn what the terminal shows into `canvas`.
    package func frame(_ canvas: Canvas) -> [UInt8] {
        for y in 0..<canvas.size.height {
            var x = 0
            for run in canvas.row(y).runs {
                claw_screen_write(screen, Int32(x), Int32(y), run.text + [0], run.style.look)
                x += run.columns
            }
        }
        var count = 0
        let bytes = claw_screen_flush(screen, &count)
        return UnsafeBufferPointer(start: bytes, count: count).map(UInt8.init(bitPattern:))
    }
}

/// Neighbouring cells of one style.
private struct Run {
    var text: [wchar_t]
    var style: Style
    var columns: Int
}

extension ArraySlice<Cell> {
    fileprivate var runs: [Run] {
        var runs: [Run] = []
        for cell in self where cell.columns > 0 {
            let symbol = wchar_t(bitPattern: cell.scalar.value)
            if let last = runs.indices.last, runs[last].style == cell.style {
                runs[last].text.append(symbol)
                runs[last].columns += Int(cell.columns)
            } else {
                runs.append(Run(text: [symbol], style: cell.style, columns: Int(cell.columns)))
            }
        }
        return runs
    }
}

extension Style {
    /// Placeholder for a theme.
    fileprivate var look: claw_look {
        claw_look(foreground: -1, background: ground == .plain ? -1 : 237, bold: isBold)
    }
}
