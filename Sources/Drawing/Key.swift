// Key: what a terminal can say to us, as cells are what we can say to it.

/// A key, as the person at the terminal would name it.
package enum Key: Hashable, Sendable {
    case character(Character)
    /// Control and a lower-case letter.
    case control(Character)
    case up, down, left, right
    case home, end, pageUp, pageDown
    case enter, escape, tab, backTab, backspace, delete
    case function(Int)
}

/// What came from the terminal.
package enum TerminalInput: Hashable, Sendable {
    case key(Key)
    case paste(String)
    /// A button went down at this cell.
    case click(x: Int, y: Int)
    /// Rows, negative upwards.
    case wheel(rows: Int, x: Int, y: Int)
    case resized(Size)
    case focused(Bool)
}
