// Surroundings: what the environment says about the terminal.
import Glibc

/// The variables that decide how the screen is drawn.
package struct Surroundings: Hashable, Sendable {
    /// `TERM`; empty where nobody said.
    package var term: String
    /// Whether bytes above 127 are read as UTF-8.
    package var isUTF8: Bool
    package var hasDirectColor: Bool
    /// `NO_COLOR`: no colour, whatever the terminal can do.
    ///
    /// See <https://no-color.org>.
    package var isColorUnwanted: Bool
    /// Whether tmux is between us and the terminal.
    package var isInTmux: Bool
    /// Whether desktop notices are asked for as rxvt has it, and not as iTerm2 has it.
    package var hasNotifySequence: Bool

    package init(_ variable: (String) -> String?) {
        term = variable("TERM") ?? ""
        isUTF8 = Self.isUTF8(variable)
        hasDirectColor =
            ["truecolor", "24bit"].contains(variable("COLORTERM")) || term.hasSuffix("-direct")
        isColorUnwanted = variable("NO_COLOR")?.isEmpty == false
        isInTmux = variable("TMUX")?.isEmpty == false
        hasNotifySequence =
            variable("VTE_VERSION")?.isEmpty == false
            || ["rxvt", "foot"].contains(where: term.hasPrefix)
    }

    /// The surroundings of this process.
    package static var ours: Surroundings {
        Surroundings { name in getenv(name).map { String(cString: $0) } }
    }

    /// By the first locale variable that says something, as libc reads them.
    ///
    /// The name is enough: over ssh the locale itself is often not installed, and the terminal is
    /// elsewhere. Where nobody says anything (containers), terminals of today read UTF-8.
    private static func isUTF8(_ variable: (String) -> String?) -> Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
        guard let locale = locale?.lowercased() else { return true }
        return locale.contains("utf-8") || locale.contains("utf8")
    }

    /// The terminals to try, the best one first.
    ///
    /// Many terminals are newer than the terminfo of the machine one has logged into: they are all
    /// like xterm, or like tmux when they say so.
    package var candidates: [String] {
        let family = term.hasPrefix("tmux") || term.hasPrefix("screen") ? "tmux" : "xterm"
        let common = family == "tmux" ? ["tmux-256color", "screen-256color"] : []
        let known = common + ["xterm-256color", "xterm"]
        // xterm-direct counts its colours in a way of its own, plain xterm has eight.
        let isBetterAsFamily = term.hasSuffix("-direct") || (term == "xterm" && hasDirectColor)
        return isBetterAsFamily ? known + [term] : [term] + known
    }
}
