// Prompt: the line that one types a filter or a command into.

struct Prompt: Sendable {
    enum Kind: Sendable {
        case filter, palette
        /// For alerts: ``Prompt/subjects``.
        case acknowledge, note, mute

        var sign: String {
            switch self {
            case .filter: "/"
            case .palette: ":"
            case .acknowledge: "ack "
            case .note: "note "
            case .mute: "mute "
            }
        }
    }

    let kind: Kind
    var text = ""
    /// The alerts that it is for, by id.
    var subjects: [String] = []
    /// What the line means as far as it is typed.
    var preview = ""
    /// Why what is typed cannot be used; shown above the line.
    var error: String?
    /// The candidate that Enter takes, of those that are listed.
    var chosen = 0
    /// How far back in the history one is; 0 for what is typed now.
    var recalled = 0

    init(_ kind: Kind, text: String = "") {
        (self.kind, self.text) = (kind, text)
    }

    /// Longer texts are nobody's filter.
    private static let most = 500

    mutating func type(_ new: String) {
        let line = new.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        guard text.count < Self.most else { return }
        text.unicodeScalars.append(contentsOf: line.prefix(Self.most))
        (error, chosen, recalled) = (nil, 0, 0)
    }

    mutating func erase() {
        guard !text.isEmpty else { return }
        text.removeLast()
        (error, chosen) = (nil, 0)
    }

    mutating func eraseWord() {
        while text.last == " " { text.removeLast() }
        while let last = text.last, last != " " { text.removeLast() }
        (error, chosen) = (nil, 0)
    }
}
