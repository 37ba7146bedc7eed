// DesktopNotice: a notice on the desktop that the terminal is on, over ssh too.

/// Terminals know one of two sequences, and pass over the other; some know both, and would show it
/// twice.
///
/// OSC 9: iTerm2, kitty, WezTerm, Ghostty, Windows Terminal. OSC 777: rxvt, VTE, foot.
struct DesktopNotice: Hashable, Sendable {
    var title: String
    var body: String

    /// Through tmux, which lets it pass where `allow-passthrough` is on.
    func bytes(for surroundings: Surroundings) -> [UInt8] {
        let sequence =
            surroundings.hasNotifySequence
            ? "\u{1B}]777;notify;\(Self.plain(title, cap: 80, semicolons: false));"
                + "\(Self.plain(body, cap: 240))\u{07}"
            : "\u{1B}]9;\(Self.plain(line, cap: 320))\u{07}"
        guard surroundings.isInTmux else { return Array(sequence.utf8) }
        let doubled = sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}")
        return Array("\u{1B}Ptmux;\(doubled)\u{1B}\\".utf8)
    }

    /// One line; never a number first, which OSC 9 may take for something else.
    private var line: String {
        let said = body.isEmpty ? title : "\(title): \(body)"
        return said.first?.isNumber == true ? "clawtop: \(said)" : said
    }

    /// What ends or begins a sequence is a space, and so is what turns the direction of writing.
    private static func plain(_ text: String, cap: Int, semicolons: Bool = true) -> String {
        let scalars = text.unicodeScalars.prefix(cap * 4).map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator:
                " "
            case _ where scalar == ";" && !semicolons: ","
            default: scalar
            }
        }
        return String(String(String.UnicodeScalarView(scalars)).prefix(cap))
    }
}
