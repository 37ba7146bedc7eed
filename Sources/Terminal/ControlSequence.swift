// ControlSequence: the meaning of `\e[`, numbers and a letter.
import Drawing

struct ControlSequence {
    private(set) var inputs: [TerminalInput] = []
    private(set) var opensPaste = false

    init(_ parameters: ArraySlice<UInt8>, _ final: UInt8) {
        let letter = Character(Unicode.Scalar(final))
        let isPrivate = parameters.first.map { 0x3C...0x3F ~= $0 } ?? false
        let numbers = Self.numbers(isPrivate ? parameters.dropFirst() : parameters)
        if isPrivate {
            // `<` is the mouse; `?`, `=` and `>` are answers to questions that we never ask.
            guard parameters.first == UInt8(ascii: "<"), letter == "M", numbers.count == 3 else {
                return
            }
            inputs = MouseReport(button: numbers[0], column: numbers[1], row: numbers[2]).inputs
            return
        }
        switch letter {
        case "I": inputs = [.focused(true)]
        case "O": inputs = [.focused(false)]
        case "~" where numbers.first == 200: opensPaste = true
        default: inputs = Self.key(letter, numbers).map { [.key($0)] } ?? []
        }
    }

    /// Numbers between semicolons; what follows a colon says more than we ask.
    private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
            part.prefix { 0x30...0x39 ~= $0 }.prefix(7).reduce(0) { $0 * 10 + Int($1) - 0x30 }
        }
    }

    private static func key(_ letter: Character, _ numbers: [Int]) -> Key? {
        switch letter {
        case "A": .up
        case "B": .down
        case "C": .right
        case "D": .left
        case "F": .end
        case "H": .home
        case "P": .function(1)
        case "Q": .function(2)
        case "R" where numbers.count < 2 || numbers[0] == 1: .function(3)
        case "S": .function(4)
        case "Z": .backTab
        case "~": tilde(numbers)
        case "u": coded(numbers.first ?? 0, modifiers: numbers.dropFirst().first ?? 1)
        default: nil
        }
    }

    private static func tilde(_ numbers: [Int]) -> Key? {
        switch numbers.first ?? 0 {
        case 1, 7: .home
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case let number where 11...15 ~= number: .function(number - 10)
        case let number where 17...21 ~= number: .function(number - 11)
        case let number where 23...26 ~= number: .function(number - 12)
        case let number where 28...29 ~= number: .function(number - 13)
        case let number where 31...34 ~= number: .function(number - 14)
        case 27 where numbers.count == 3: coded(numbers[2], modifiers: numbers[1])
        default: nil
        }
    }

    /// A key by its Unicode number, as xterm's modifyOtherKeys and kitty's protocol send it.
    private static func coded(_ code: Int, modifiers: Int) -> Key? {
        let bits = max(0, modifiers - 1)
        let (isShifted, isControl) = (bits & 1 != 0, bits & 4 != 0)
        switch code {
        case 9: return isShifted ? .backTab : .tab
        case 8, 127: return .backspace
        case 13: return .enter
        case 27: return .escape
        // kitty gives its functional keys private numbers.
        case ..<32, 0xE000...0xF8FF: return nil
        default: break
        }
        guard let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else { return nil }
        let properties = scalar.properties
        if isControl { return properties.lowercaseMapping.first.map { .control($0) } }
        return (isShifted ? properties.uppercaseMapping : String(scalar)).first.map {
            .character($0)
        }
    }
}
