// Palette: commands by name: `:theme dark`, `:set mouse off`, `:q`.
import Events

enum Palette {
    /// One entry of the list: typed in full, it is what Enter runs.
    struct Entry: Sendable {
        var name: String
        var help: String
        var action: Action
    }

    enum Action: Sendable {
        case command(Command)
        case place(Place)
        case intent(Intent)
    }

    /// All that can be run, the names that take a word once for each word.
    static func entries(_ ui: UIState) -> [Entry] {
        let views = View.allCases.map {
            Entry(name: $0.rawValue, help: "the view", action: .command(.view($0)))
        }
        let themes = ui.themes.map {
            Entry(name: "theme \($0)", help: "colours", action: .intent(.theme($0)))
        }
        return common + views + themes + (ui.isDemo ? incidents : [])
    }

    private static let common = [
        Entry(name: "q", help: "quit", action: .intent(.quit)),
        Entry(name: "quit", help: "quit", action: .intent(.quit)),
        Entry(name: "help", help: "all keys", action: .place(.help)),
        Entry(name: "changes", help: "what changed", action: .place(.changes)),
        Entry(name: "messages", help: "what was said", action: .place(.messages)),
        Entry(name: "refresh", help: "ask all sources now", action: .intent(.refresh)),
        Entry(name: "redraw", help: "draw the screen anew", action: .intent(.redraw)),
        Entry(name: "suspend", help: "back to the shell", action: .intent(.suspend)),
        Entry(name: "pause", help: "pause painting, and go on", action: .command(.pause)),
        Entry(name: "zoom", help: "zoom the list, and back", action: .command(.zoom)),
        Entry(name: "filter", help: "filter the list", action: .command(.filter)),
        Entry(
            name: "traces of it", help: "of the selected service",
            action: .command(.about(.traces))),
        Entry(
            name: "config of it", help: "of the selected service",
            action: .command(.about(.config))),
        Entry(
            name: "sagas through it", help: "of the selected service",
            action: .command(.about(.sagas))),
        Entry(
            name: "alerts of it", help: "of the selected service",
            action: .command(.about(.alerts))),
        Entry(name: "card", help: "of the selected service", action: .command(.card)),
        Entry(
            name: "dependencies", help: "of the selected service",
            action: .command(.dependencies)),
        Entry(name: "record", help: "the raw record of what is selected", action: .command(.raw)),
        Entry(name: "copy", help: "copy the id of what is selected", action: .command(.copy)),
        Entry(name: "ack", help: "acknowledge", action: .command(.acknowledge)),
        Entry(
            name: "ack with note", help: "for a time, and why",
            action: .command(.acknowledgeWith)),
        Entry(name: "unack", help: "give it back", action: .command(.unacknowledge)),
        Entry(name: "mute", help: "what matches, for a time", action: .command(.mute)),
        Entry(name: "note", help: "for the alert's history", action: .command(.note)),
        Entry(
            name: "set mouse on", help: "the wheel scrolls, a click selects",
            action: .intent(.mouse(true))),
        Entry(
            name: "set mouse off", help: "the terminal selects text",
            action: .intent(.mouse(false))),
    ]

    private static let incidents = Incident.menu.map {
        Entry(
            name: "incident \($0.name ?? "none")", help: $0.help,
            action: .intent(.incident($0.name)))
    }

    /// What the typed letters may mean, the best first.
    static func candidates(_ typed: String, _ ui: UIState) -> [Entry] {
        let fits = entries(ui).enumerated().compactMap { index, entry in
            misfit(of: typed, to: entry.name).map { (misfit: $0, index: index, entry: entry) }
        }
        return fits.sorted { ($0.misfit, $0.index) < ($1.misfit, $1.index) }.map(\.entry)
    }
}
