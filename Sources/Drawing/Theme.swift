// Theme: how each role looks, for terminals of every depth of colour.

/// A colour as a theme file gives it.
package enum Color: Hashable, Sendable {
    case rgb(red: UInt8, green: UInt8, blue: UInt8)
    /// One of the terminal's own 16.
    case indexed(UInt8)
    /// The terminal's own foreground or background.
    case standard
}

/// How one role looks; a theme without colour tells states apart by the attributes.
package struct Look: Hashable, Sendable {
    package var foreground: Color
    package var isBold: Bool
    package var isDim: Bool
    package var isUnderlined: Bool
    package var isReversed: Bool

    package init(
        _ foreground: Color, bold: Bool = false, dim: Bool = false, underlined: Bool = false,
        reversed: Bool = false
    ) {
        self.foreground = foreground
        (isBold, isDim, isUnderlined, isReversed) = (bold, dim, underlined, reversed)
    }
}

/// One theme.
package struct Theme: Hashable, Sendable {
    package var name: String
    /// For people, in the list of themes.
    package var summary: String
    package var looks: [Role: Look]
    /// `standard` for a ground means reverse video where it is the selection.
    package var grounds: [Ground: Color]
    /// The background that the theme is made for; it is the terminal's, and never painted.
    package var background: Color

    package init(
        name: String, summary: String, looks: [Role: Look], grounds: [Ground: Color],
        background: Color = .standard
    ) {
        (self.name, self.summary, self.looks, self.grounds) = (name, summary, looks, grounds)
        self.background = background
    }
}
