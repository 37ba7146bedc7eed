// TerminalScreen, asides: what a terminal is asked to do beside showing the picture.

extension TerminalScreen {
    /// Puts `text` into the clipboard of the person's own machine, over ssh too (OSC 52).
    package func copy(_ text: String) {
        say(Array("\u{1B}]52;c;".utf8) + Base64.encoded(Array(text.utf8)) + [0x07])
    }

    /// Rings the terminal's bell.
    package func ring() { say([0x07]) }

    /// Shows a notice on the desktop that the terminal is on, where it can.
    package func notify(title: String, body: String) {
        say(DesktopNotice(title: title, body: body).bytes(for: surroundings))
    }
}
