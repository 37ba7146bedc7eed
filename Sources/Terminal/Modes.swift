// Modes: the escape sequences that turn a terminal into ours and back.

enum Modes {
    /// Clicks and drags as SGR reports, pastes between marks, focus.
    static let enter = "\u{1B}[?2004h\u{1B}[?1004h" + mouse
    static let leave = "\u{1B}[?1004l\u{1B}[?2004l" + noMouse
    static let mouse = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
    static let noMouse = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"

    /// A terminal that knows DEC 2026 shows what stands between these at once; others pass over them.
    static let beginFrame = Array("\u{1B}[?2026h".utf8)
    static let endFrame = Array("\u{1B}[?2026l".utf8)

    /// For a crash, where ncurses cannot be asked any more: all of it back, on any terminal.
    ///
    /// The frame's end, our modes, cursor keys and number pad, 8-bit keys, colours, scroll region,
    /// wrapping, the cursor, the other screen, the title.
    static let rescue = Array(
        ("\u{1B}[?2026l" + leave + "\u{1B}[?1l\u{1B}>\u{1B}[?1034l\u{1B}[m\u{1B}(B\u{1B}[r"
            + "\u{1B}[4l\u{1B}[?7h\u{1B}[?1049l\u{1B}[?25h\u{1B}[23;0;0t\r\n").utf8)
}
