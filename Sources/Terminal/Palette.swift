// Palette: a theme as the looks that one terminal can show.
import CNcurses
import Drawing

/// The look of every role on every ground, ready to be handed to ncurses.
struct Palette {
    /// Colours by number from 16 on, where the terminal can show any: see ``ColorFilter``.
    private(set) var direct: [RGB] = []
    private var looks: [claw_look] = []

    init(_ theme: Theme, depth: ColorDepth) {
        for role in Role.allCases {
            for ground in Ground.allCases {
                looks.append(look(of: role, on: ground, in: theme, depth: depth))
            }
        }
    }

    func look(of style: Style) -> claw_look {
        let index = Int(style.role.rawValue) * Ground.allCases.count + Int(style.ground.rawValue)
        var look = looks[index]
        if style.isBold {
            look.bold = true
            look.dim = false
        }
        return look
    }

    private mutating func look(
        of role: Role, on ground: Ground, in theme: Theme, depth: ColorDepth
    ) -> claw_look {
        // What is faint on the plain ground would be lost on the selection.
        let seen = ground == .selection && role == .faint ? .muted : role
        let own = theme.looks[seen] ?? Look(.standard)
        let given = FewColors.look(of: seen, in: own, depth: depth)
        let back = FewColors.color(of: ground, in: theme.grounds[ground] ?? .standard, depth: depth)
        let foreground = number(of: given.foreground, depth: depth)
        let background = number(of: back, depth: depth)
        let isReversed = ground == .selection && background < 0
        return claw_look(
            foreground: foreground, background: background, bold: given.isBold, dim: given.isDim,
            underlined: given.isUnderlined, reversed: given.isReversed != isReversed)
    }

    private mutating func number(of color: Color, depth: ColorDepth) -> Int32 {
        switch (color, depth) {
        case (.standard, _), (_, .none): -1
        case (.indexed(let index), .eight): Int32(index % 8)
        case (.indexed(let index), _): Int32(index)
        case (.rgb(let red, let green, let blue), .direct):
            slot(of: RGB(red: red, green: green, blue: blue))
        case (.rgb(let red, let green, let blue), _):
            Int32(RGB(red: red, green: green, blue: blue).nearestIndex)
        }
    }

    private mutating func slot(of color: RGB) -> Int32 {
        if let known = direct.firstIndex(of: color) { return Int32(16 + known) }
        // A theme has some forty colours; more than there are numbers cannot be.
        guard direct.count < 240 else { return Int32(color.nearestIndex) }
        direct.append(color)
        return Int32(16 + direct.count - 1)
    }
}
