// Glyphs: the signs of the house, for terminals that know Unicode and for those that do not.

/// One sign for each state, so that no state is told by colour alone.
package struct Glyphs: Hashable, Sendable {
    package var critical, warning, info, progress, maintenance, unknown: String
    package var done, failed, notYet: String
    /// Owned by a person; nothing to show; more than fits.
    package var owned, none, ellipsis: String
    /// The moment of a change; what is pointed at; from one value to the next; one step deeper.
    package var moment, pointer, becomes, deeper: String
    /// The Enter key in a hint.
    package var enter: String
    /// The eighths of a sparkline, lowest first.
    package var levels: [Character]

    package static let unicode = Glyphs(
        critical: "▲", warning: "●", info: "i", progress: "◐", maintenance: "■", unknown: "?",
        done: "✓", failed: "✗", notYet: "·",
        owned: "◆", none: "–", ellipsis: "…",
        moment: "▼", pointer: "◀", becomes: "→", deeper: "›",
        enter: "⏎", levels: Array("▁▂▃▄▅▆▇█"))

    package static let ascii = Glyphs(
        critical: "!", warning: "*", info: "i", progress: "~", maintenance: "#", unknown: "?",
        done: "+", failed: "x", notYet: ".",
        owned: "@", none: "-", ellipsis: "~",
        moment: "v", pointer: "<", becomes: ">", deeper: ">",
        enter: "Enter", levels: Array(".:-=+*#"))

    package static func of(isUTF8: Bool) -> Glyphs { isUTF8 ? .unicode : .ascii }
}
