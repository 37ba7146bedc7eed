// KeyTable: the one table of keys; dispatch, help, hints and the README are made from it.
import Drawing

enum KeyTable {
    /// In the order of the hint line.
    static let bindings: [KeyBinding] =
        [
            KeyBinding(
                .enter, in: .list, .open, "open what is selected; unfold it in a tree",
                hint: ("open", 1)),
            KeyBinding(
                .enter, in: .alert, .card, "the card of its service", hint: ("service", 1)),
            KeyBinding(
                .character("a"), in: .alertRow, .acknowledge,
                "acknowledge: you have it, for as long as its rule allows", hint: ("ack", 1)),
            KeyBinding(
                .character("U"), in: .muteRow, .unmute, "end the mute", hint: ("end it", 2)),
            KeyBinding(
                .character("/"), in: .list, .filter,
                "filter: words, /regex/, !not, p99>500ms err>1 age<2h up<100%", hint: ("filter", 2)),
            KeyBinding(
                .character("e"), in: .list, .sick(forward: true), "next sick row", hint: ("sick", 3)
            ),
            KeyBinding(.character("E"), in: .list, .sick(forward: false), "previous sick row"),
            KeyBinding(
                .character("D"), in: .anywhere, .changes, "what changed, the newest first",
                hint: ("changes", 7)),
            KeyBinding(
                .character("t"), in: .service, .about(.traces), "traces of the selected service",
                hint: ("traces", 8)),
            KeyBinding(
                .character("C"), in: .service, .about(.config), "config of the selected service",
                hint: ("config", 9)),
            KeyBinding(
                .character("S"), in: .service, .about(.sagas), "sagas through the selected service",
                hint: ("sagas", 10)),
            KeyBinding(
                .character("v"), in: .service, .dependencies,
                "dependencies: who calls the selected service, and whom it calls",
                hint: ("dependencies", 13)),
            KeyBinding(
                .character("d"), in: .list, .raw, "the raw record of what is selected",
                hint: ("record", 14)),
            KeyBinding(
                .character("y"), in: .list, .copy, "copy the id of what is selected",
                hint: ("copy", 15)),
            KeyBinding(
                .escape, in: .nested, .back, "one step back: dialog, filter, page",
                hint: ("back", 3)),
            KeyBinding(
                .character("p"), in: .anywhere, .pause, "pause painting; what happens is kept",
                hint: ("hold", 4)),
            KeyBinding(
                .tab, in: .sections, .section(forward: true), "next list", hint: ("next list", 12)),
            KeyBinding(.backTab, in: .sections, .section(forward: false), "previous list"),
            KeyBinding(
                .character("z"), in: .sections, .zoom, "zoom the list, and back", hint: ("zoom", 16)
            ),
            KeyBinding(
                .character("!"), in: .demo, .incidents, "start and end incidents",
                hint: ("incident", 6)),
            KeyBinding(
                .character(":"), in: .anywhere, .palette, "all commands by name",
                hint: ("palette", 11)),
            KeyBinding(.character("?"), in: .anywhere, .help, "this help", hint: ("help", 5)),
            KeyBinding(.character("q"), in: .overview, .close, "quit", hint: ("quit", 6)),
            KeyBinding(
                .character("q"), in: .otherPage, .close, "close the page", hint: ("close", 6)),
        ] + alerts + moves + lists + rest

    private static let alerts: [KeyBinding] = [
        KeyBinding(
            .character("A"), in: .alertRow, .acknowledgeWith,
            "acknowledge for a time, or until it is clear, with a note"),
        KeyBinding(
            .character("U"), in: .alertRow, .unacknowledge, "give an acknowledged alert back"),
        KeyBinding(
            .character("m"), in: .alertRow, .mute,
            "mute what matches, for a time; shows what that is now"),
        KeyBinding(.character("c"), in: .alertRow, .note, "a note for the alert's history"),
        KeyBinding(
            .character(" "), in: .alertRow, .mark, "mark it: the next key above is for all marked"),
    ]

    private static let moves: [KeyBinding] = [
        KeyBinding(.character("j"), .down, in: .anywhere, .move(.down), "down"),
        KeyBinding(.character("k"), .up, in: .anywhere, .move(.up), "up"),
        KeyBinding(
            .character("g"), .home, in: .anywhere, .move(.top),
            "to the top; a list then follows its first row"),
        KeyBinding(.character("G"), .end, in: .anywhere, .move(.bottom), "to the bottom"),
        KeyBinding(.control("d"), in: .anywhere, .move(.halfPageDown), "half a page down"),
        KeyBinding(.control("u"), in: .anywhere, .move(.halfPageUp), "half a page up"),
        KeyBinding(.pageDown, .control("f"), in: .anywhere, .move(.pageDown), "a page down"),
        KeyBinding(.pageUp, .control("b"), in: .anywhere, .move(.pageUp), "a page up"),
        KeyBinding(.character("h"), .left, in: .list, .shift(-1), "columns to the left"),
        KeyBinding(.character("l"), .right, in: .list, .shift(1), "columns to the right"),
    ]

    private static let lists: [KeyBinding] = [
        KeyBinding(.character("n"), in: .list, .match(forward: true), "next match of the filter"),
        KeyBinding(
            .character("N"), in: .list, .match(forward: false), "previous match of the filter"),
        KeyBinding(.character(">"), in: .list, .sort(forward: true), "sort by the next column"),
        KeyBinding(
            .character("<"), in: .list, .sort(forward: false), "sort by the column before"),
        KeyBinding(.character("I"), in: .list, .invert, "invert the order"),
        KeyBinding(.character("/"), in: .text, .filter, "search", hint: ("search", 1)),
        KeyBinding(.character("n"), in: .text, .match(forward: true), "next line found"),
        KeyBinding(.character("N"), in: .text, .match(forward: false), "previous line found"),
    ]

    private static let rest: [KeyBinding] =
        View.allCases.map { view in
            KeyBinding(
                .character(Character("\(view.number)")), in: .anywhere, .view(view),
                "the view \(view.rawValue)")
        } + [
            KeyBinding(.control("r"), in: .anywhere, .refresh, "ask all sources now"),
            KeyBinding(.control("l"), in: .anywhere, .redraw, "draw the screen anew"),
            KeyBinding(
                .control("z"), in: .anywhere, .suspend, "back to the shell; fg comes back"),
            KeyBinding(.control("c"), in: .anywhere, .quit, "quit"),
            KeyBinding(.escape, in: .anywhere, .back, "clear the filter; follow the first row"),
        ]

    /// What `key` asks for where these contexts hold.
    static func command(for key: Key, in contexts: KeyContexts) -> Command? {
        bindings.first { contexts.contains($0.context) && $0.keys.contains(key) }?.command
    }
}
