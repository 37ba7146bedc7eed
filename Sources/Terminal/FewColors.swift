// FewColors: what a theme's colours become where a terminal has sixteen, eight or none.
import Drawing

/// The terminal's own colours are chosen by its user: a role keeps its meaning, not its exact shade.
enum FewColors {
    static func look(of role: Role, in look: Look, depth: ColorDepth) -> Look {
        switch depth {
        case .direct, .indexed: return look
        case .sixteen, .eight:
            guard case .rgb = look.foreground else { return look }
            return sixteen(role, look, isEight: depth == .eight)
        case .none: return colorless(role, look)
        }
    }

    static func color(of ground: Ground, in color: Color, depth: ColorDepth) -> Color {
        guard depth == .sixteen || depth == .eight, case .rgb = color else { return color }
        return ground.heat.map { .indexed(heats[$0]) } ?? .standard
    }

    private static let heats: [UInt8] = [0, 4, 12, 6, 2, 3, 1]

    private static func sixteen(_ role: Role, _ look: Look, isEight: Bool) -> Look {
        var look = look
        look.foreground =
            switch role {
            case .text, .title, .muted, .faint: .standard
            // Bright black, where there is one: on eight colours it would be black on black.
            case .rule: isEight ? .standard : .indexed(8)
            case .ok: .indexed(2)
            case .warning: .indexed(3)
            case .critical: .indexed(isEight ? 1 : 9)
            case .progress: .indexed(5)
            case .info: .indexed(isEight ? 6 : 12)
            case .key, .bar: .indexed(6)
            case .heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6:
                .indexed(heats[role.heat ?? 0])
            }
        if role == .muted || role == .faint || (role == .rule && isEight) { look.isDim = true }
        return look
    }

    /// The theme's attributes, and enough of our own that states are told apart without colour.
    private static func colorless(_ role: Role, _ look: Look) -> Look {
        var look = look
        switch role {
        case .critical: (look.isBold, look.isUnderlined) = (true, true)
        case .warning, .title, .key: look.isBold = true
        case .faint, .rule, .muted: look.isDim = true
        case .text, .ok, .progress, .info, .bar: break
        case .heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6: break
        }
        return look
    }
}
