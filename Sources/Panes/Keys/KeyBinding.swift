// KeyBinding: keys, where they work, what they ask for and how that is told.
import Drawing

struct KeyBinding: Sendable {
    /// The first is the one that is shown in hints.
    var keys: [Key]
    var context: KeyContext
    var command: Command
    var help: String
    /// Its word in the hint line; nil for keys that are only in the help.
    var hint: Hint?

    struct Hint: Sendable {
        var word: String
        /// The lowest first; as many as fit are shown.
        var rank: Int
    }

    init(
        _ keys: Key..., in context: KeyContext, _ command: Command, _ help: String,
        hint: (String, Int)? = nil
    ) {
        (self.keys, self.context, self.command, self.help) = (keys, context, command, help)
        self.hint = hint.map { Hint(word: $0.0, rank: $0.1) }
    }
}

extension Key {
    /// As people name it: `Ctrl-d`, `⏎`.
    func name(_ glyphs: Glyphs) -> String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(let letter): "Ctrl-\(letter)"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .enter: glyphs.enter
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "Shift-Tab"
        case .backspace: "Backspace"
        case .delete: "Del"
        case .function(let number): "F\(number)"
        }
    }
}
