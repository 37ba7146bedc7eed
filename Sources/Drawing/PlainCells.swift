// PlainCells: a canvas for terminals without Unicode, without colour, or without both.

extension Canvas {
    /// The canvas in ASCII: panes draw in Unicode, and need not know who looks.
    package var inASCII: Canvas {
        mapped { $0.shaded(with: Heat.ascii).inASCII }.withoutMarks
    }

    /// The canvas with heat told by shades, for a terminal that shows no colour.
    package var withoutColor: Canvas { mapped { $0.shaded(with: Heat.shades) } }
}

private enum Heat {
    // Even none has a sign: blank is what nobody knows.
    static let shades: [Unicode.Scalar] = ["·", "░", "░", "▒", "▒", "▓", "█"]
    static let ascii: [Unicode.Scalar] = [".", ":", "-", "=", "+", "*", "#"]
}

extension Cell {
    /// A half block holds two heats in two colours; here the greater one becomes a sign.
    fileprivate func shaded(with shades: [Unicode.Scalar]) -> Cell {
        guard scalar == "▀", let upper = role.heat else { return self }
        var cell = self
        cell.scalar = shades[max(upper, ground.heat ?? 0)]
        cell.ground = .plain
        return cell
    }

    fileprivate var inASCII: Cell {
        guard !scalar.isASCII || columns != 1 else { return self }
        // Both halves of a wide scalar become cells of their own.
        return Cell(columns == 0 ? " " : scalar.inASCII, style)
    }
}

extension Unicode.Scalar {
    /// One ASCII character that says nearly the same.
    private static let signs: [Unicode.Scalar: Unicode.Scalar] = [
        "▲": "!", "●": "*", "◐": "~", "■": "#", "✓": "+", "✗": "x", "·": ".", "◆": "@",
        "–": "-", "—": "-", "−": "-", "…": "~", "→": ">", "←": "<", "↑": "^", "↓": "v",
        "▼": "v", "▽": "v", "△": "^", "◀": "<", "▶": ">", "›": ">", "‹": "<", "⏎": "<",
        "≥": ">", "≤": "<", "×": "x", "•": "*", "µ": "u", "∞": "~", "≈": "~", "±": "~",
        "‘": "'", "’": "'", "“": "\"", "”": "\"", "«": "<", "»": ">", "°": "o", "¦": "|",
        "─": "-", "━": "-", "╌": "-", "┄": "-", "│": "|", "┃": "|", "┆": "|", "╎": "|",
        "░": ".", "▒": ":", "▓": "*", "█": "#", "▌": "|", "▐": "|", "▏": "|", "▕": "|",
        "▁": ".", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*", "▀": "\"",
    ]

    fileprivate var inASCII: Unicode.Scalar {
        if let sign = Self.signs[self] { return sign }
        switch value {
        case 0x2500...0x257F: return "+"
        case 0x2589...0x258F: return "#"
        case 0x2800: return " "
        case 0x2801...0x28FF: return (value & 0xFF).nonzeroBitCount > 4 ? "#" : ":"
        default: return isASCII ? self : "?"
        }
    }
}
