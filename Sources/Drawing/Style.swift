// Style: what a cell is for; a theme says how that looks.

/// What a cell is for.
///
/// Healthy things are quiet: colour is spent on what is wrong.
package enum Role: UInt8, Sendable, CaseIterable {
    case text, title, muted, faint, rule
    case ok, warning, critical
    /// In progress, and unknown.
    case progress
    /// Owned by a person, and information.
    case info
    /// A key in the hint line.
    case key
    case bar
    case heat0, heat1, heat2, heat3, heat4, heat5, heat6

    /// One letter for snapshots.
    package var letter: Character {
        switch self {
        case .text: "·"
        case .title: "t"
        case .muted: "m"
        case .faint: "f"
        case .rule: "r"
        case .ok: "o"
        case .warning: "w"
        case .critical: "c"
        case .progress: "p"
        case .info: "i"
        case .key: "k"
        case .bar: "b"
        case .heat0: "0"
        case .heat1: "1"
        case .heat2: "2"
        case .heat3: "3"
        case .heat4: "4"
        case .heat5: "5"
        case .heat6: "6"
        }
    }

    /// The heat of `share`, from 0 to 1.
    package static func heat(_ share: Double) -> Role {
        let steps: [Role] = [.heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6]
        return steps[heatStep(share)]
    }

    /// 0 to 6 where this is a heat.
    package var heat: Int? {
        rawValue < Role.heat0.rawValue ? nil : Int(rawValue - Role.heat0.rawValue)
    }
}

/// What lies behind a cell.
package enum Ground: UInt8, Sendable, CaseIterable {
    /// The terminal's own background.
    case plain
    case selection
    case heat0, heat1, heat2, heat3, heat4, heat5, heat6

    /// The heat of `share`, from 0 to 1.
    package static func heat(_ share: Double) -> Ground {
        let steps: [Ground] = [.heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6]
        return steps[heatStep(share)]
    }

    /// 0 to 6 where this is a heat.
    package var heat: Int? {
        rawValue < Ground.heat0.rawValue ? nil : Int(rawValue - Ground.heat0.rawValue)
    }
}

/// Nothing is 0; anything at all is at least 1.
private func heatStep(_ share: Double) -> Int {
    guard share > 0 else { return 0 }
    return min(6, 1 + Int(min(share, 1) * 6))
}

/// How a cell is written.
package struct Style: Hashable, Sendable {
    package var role: Role
    package var ground: Ground
    package var isBold: Bool

    package init(_ role: Role, on ground: Ground = .plain, bold: Bool = false) {
        (self.role, self.ground, isBold) = (role, ground, bold)
    }

    package var bold: Style { Style(role, on: ground, bold: true) }

    package static let text = Style(.text)
    package static let title = Style(.title, bold: true)
    package static let muted = Style(.muted)
    package static let faint = Style(.faint)
    package static let rule = Style(.rule)
    package static let ok = Style(.ok)
    package static let warning = Style(.warning)
    package static let critical = Style(.critical)
    package static let progress = Style(.progress)
    package static let info = Style(.info)
    package static let key = Style(.key)
    package static let bar = Style(.bar)
}
