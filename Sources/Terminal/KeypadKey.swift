// KeypadKey: the meaning of `\eO` and a letter: arrows, F1 to F4, and the number pad.
import Drawing

enum KeypadKey {
    static func key(of final: UInt8) -> Key? {
        switch Character(Unicode.Scalar(final)) {
        case "A": .up
        case "B": .down
        case "C": .right
        case "D": .left
        case "F": .end
        case "H": .home
        case "M": .enter
        case "P": .function(1)
        case "Q": .function(2)
        case "R": .function(3)
        case "S": .function(4)
        case "X": .character("=")
        case "j"..."o", "p"..."y":
            // The pad sends its ASCII sign, moved up by 64.
            .character(Character(Unicode.Scalar(final - 0x40)))
        default: nil
        }
    }
}
