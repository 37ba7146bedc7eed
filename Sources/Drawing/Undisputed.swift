// Undisputed: a text's scalars as they are drawn, with nothing left that terminals disagree about.

/// The scalars of a text, each with the columns that every terminal gives it.
///
/// Terminals agree about single scalars and quarrel about sequences: joined emoji, skin tones, flags,
/// variation selectors. What they quarrel about is left out or taken apart; what could steer the
/// terminal (controls, escape sequences, changes of direction) becomes a picture or nothing.
package struct Undisputed: Sequence, IteratorProtocol {
    private var rest: Substring.UnicodeScalarView.Iterator
    private var isJoining = false

    package init(_ text: Substring) {
        rest = text.unicodeScalars.makeIterator()
    }

    package mutating func next() -> (scalar: Unicode.Scalar, columns: Int)? {
        while let scalar = rest.next() {
            if scalar.isPrintableASCII {
                isJoining = false
                return (scalar, 1)
            }
            if let drawn = settle(scalar) { return drawn }
        }
        return nil
    }

    private mutating func settle(
        _ scalar: Unicode.Scalar
    ) -> (scalar: Unicode.Scalar, columns: Int)? {
        guard let drawn = scalar.drawn else {
            isJoining = scalar.value == 0x200D || isJoining
            return nil
        }
        // The second half of a joined emoji: terminals that cannot join would show both.
        defer { isJoining = false }
        if isJoining, scalar.properties.isEmoji { return nil }
        return drawn
    }
}

extension Unicode.Scalar {
    var isPrintableASCII: Bool { value &- 0x20 < 0x5F }

    /// What stands for this scalar on the screen; nil where nothing does.
    var drawn: (scalar: Unicode.Scalar, columns: Int)? {
        switch value {
        case 0x20..<0x7F: return (self, 1)
        case 0x09, 0xA0: return (" ", 1)
        case ..<0x20: return (picture(0x2400 + value), 1)
        case 0x7F: return (picture(0x2421), 1)
        case 0x80..<0xA0: return (.replacement, 1)
        case 0x1F1E6...0x1F1FF: return (picture(value - 0x1F1E6 + 0x41), 1)
        case _ where isDropped: return nil
        default: break
        }
        let width = WidthTable.width(of: self)
        return width <= 2 ? (self, Int(width)) : (.replacement, 1)
    }

    private static var replacement: Unicode.Scalar { "\u{FFFD}" }

    private func picture(_ value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(value) ?? .replacement
    }

    /// Invisible, or a modifier that some terminals draw beside what it modifies.
    private var isDropped: Bool {
        switch value {
        case 0xAD, 0x34F, 0x61C, 0x180B...0x180F: true
        // Zero-width spaces and joiners, marks and changes of direction, invisible operators.
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        // The keycap, variation selectors, interlinear marks.
        case 0x20E3, 0xFE00...0xFE0F, 0xFFF9...0xFFFB: true
        // Skin tones, tags, more variation selectors.
        case 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF: true
        default: false
        }
    }
}
