// ColorDepth: how many colours there are, and the nearest one to a wish.

/// What the terminal can show.
package enum ColorDepth: Hashable, Sendable {
    /// Bold, dim, underline and reverse only.
    case none
    case eight, sixteen
    case indexed
    /// Any colour.
    case direct

    package init(colors: Int, _ surroundings: Surroundings) {
        self =
            switch colors {
            case _ where surroundings.isColorUnwanted: .none
            case ..<8: .none
            case ..<16: .eight
            case ..<256: .sixteen
            default: surroundings.hasDirectColor ? .direct : .indexed
            }
    }
}

/// A colour in three bytes.
struct RGB: Hashable, Sendable {
    var red, green, blue: UInt8

    /// The nearest of the 240 colours that are the same on every terminal of 256.
    ///
    /// A cube of 6×6×6, and 24 greys; the terminal's own 16 are anybody's guess.
    var nearestIndex: Int {
        let cube = [red, green, blue].map(Self.cubeStep)
        let cubeIndex = 16 + 36 * cube[0] + 6 * cube[1] + cube[2]
        let cubeColor = RGB(
            red: Self.steps[cube[0]], green: Self.steps[cube[1]], blue: Self.steps[cube[2]])
        let mean = (Int(red) + Int(green) + Int(blue)) / 3
        let grey = min(23, max(0, (mean - 3) / 10))
        let shade = UInt8(8 + 10 * grey)
        let greyColor = RGB(red: shade, green: shade, blue: shade)
        return distance(to: greyColor) < distance(to: cubeColor) ? 232 + grey : cubeIndex
    }

    private static let steps: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static func cubeStep(_ value: UInt8) -> Int {
        value < 48 ? 0 : value < 115 ? 1 : min(5, (Int(value) - 35) / 40)
    }

    /// Weighted as eyes are: green most, blue least.
    private func distance(to other: RGB) -> Int {
        let (r, g) = (Int(red) - Int(other.red), Int(green) - Int(other.green))
        let b = Int(blue) - Int(other.blue)
        return 3 * r * r + 4 * g * g + 2 * b * b
    }
}
