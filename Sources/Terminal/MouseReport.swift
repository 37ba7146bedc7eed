// MouseReport: a button or the wheel, at a cell.
import Drawing

struct MouseReport {
    /// Buttons in the low bits, then Shift, Alt and Control, 32 for motion, 64 for the wheel.
    var button: Int
    /// From 1.
    var column, row: Int

    private static let modifiers = 4 | 8 | 16
    private static let rowsPerNotch = 3

    /// Nothing for what we have no use for: other buttons, releases, motion.
    var inputs: [TerminalInput] {
        guard column > 0, row > 0 else { return [] }
        let (x, y) = (column - 1, row - 1)
        switch button & ~Self.modifiers {
        case 0: return [.click(x: x, y: y)]
        case 64: return [.wheel(rows: -Self.rowsPerNotch, x: x, y: y)]
        case 65: return [.wheel(rows: Self.rowsPerNotch, x: x, y: y)]
        default: return []
        }
    }
}
