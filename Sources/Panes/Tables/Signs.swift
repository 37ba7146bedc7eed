// Signs: how states are shown: a shape, a word and a role each.
import Drawing
import Events
import Wording
import WorldModel

extension Health {
    var role: Role {
        switch self {
        case .passing: .muted
        case .maintenance: .info
        case .unknown: .progress
        case .warning: .warning
        case .critical: .critical
        }
    }

    /// Nothing for what is well: healthy rows are quiet.
    func sign(_ glyphs: Glyphs) -> Span? {
        switch self {
        case .passing: nil
        case .maintenance: Span(glyphs.maintenance, .info)
        case .unknown: Span(glyphs.unknown, .progress)
        case .warning: Span(glyphs.warning, .warning)
        case .critical: Span(glyphs.critical, .critical)
        }
    }

    var isSick: Bool { self >= .warning }
}

extension FeedCondition {
    var style: Style {
        switch self {
        case .connecting: .progress
        case .live: .ok
        case .stale: .warning
        case .lost: .critical
        }
    }

    func sign(_ glyphs: Glyphs) -> Span? {
        switch self {
        case .connecting: Span(glyphs.progress, .progress)
        case .live: nil
        case .stale: Span(glyphs.warning, .warning)
        case .lost: Span(glyphs.critical, .critical)
        }
    }
}

extension SagaEntry {
    var isSick: Bool { stuck != nil || saga.state == .failed }

    /// Its state in a word; a saga that is stuck is that before all.
    var word: String { stuck != nil ? "stuck" : saga.state.rawValue }

    var style: Style {
        if isSick { return .critical }
        switch saga.state {
        case .compensating: return .progress
        case .unknown: return .progress
        case .running, .completed, .compensated, .ended, .failed: return .muted
        }
    }

    func sign(_ glyphs: Glyphs) -> Span? {
        if isSick { return Span(glyphs.critical, .critical) }
        switch saga.state {
        case .compensating: return Span(glyphs.progress, .progress)
        case .unknown: return Span(glyphs.unknown, .progress)
        case .running, .completed, .compensated, .ended, .failed: return nil
        }
    }
}

extension Duration {
    var inWords: String { age(milliseconds: milliseconds) }

    /// Of more than thirty years nobody asks for the microseconds.
    var microseconds: Int64 {
        min(max(-1_000_000_000, components.seconds), 1_000_000_000) * 1_000_000
            + components.attoseconds / 1_000_000_000_000
    }
}

extension Instant {
    var clock: String { Wording.clock(milliseconds: milliseconds) }
}

extension StringProtocol {
    /// All lines as one, and not more of it than any screen can show.
    var oneLine: String {
        let isPlain = utf8.count <= 400 && !utf8.contains { $0 < 0x20 || $0 >= 0x80 }
        if isPlain { return String(self) }
        return prefix(600).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension String {
    /// The first line, and not more of it than any screen can show.
    var firstLine: String {
        // Bytes, not characters: this is asked for each cell of each frame.
        let isPlain =
            utf8.count <= 400 && !utf8.contains { (0x0A...0x0D).contains($0) || $0 >= 0x80 }
        if isPlain { return self }
        return String(self[..<(firstIndex(where: \.isNewline) ?? endIndex)].prefix(400))
    }
}
