// EscapeSequence: what follows an Escape byte, by the forms that terminals agree on.
import Drawing

/// One sequence at the beginning of some bytes.
///
/// The forms: <https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>
struct EscapeSequence {
    var inputs: [TerminalInput] = []
    var length: Int
    var opensPaste = false
    /// Its parameters go on and on: they are noise, up to its letter.
    var isEndless = false

    /// Longer ones are noise.
    private static let longest = 64
    private static let longestString = 4096

    /// What `bytes`, an Escape first, start with; nil where the end is still to come.
    static func first(of bytes: ArraySlice<UInt8>) -> Self? {
        guard let second = bytes.dropFirst().first else { return nil }
        switch second {
        case UInt8(ascii: "["): return control(bytes)
        case UInt8(ascii: "O"): return single(bytes)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
            return string(bytes)
        // Alt and a key: Escape, then the key by itself.
        default: return Self(inputs: [.key(.escape)], length: 1)
        }
    }

    /// `\e[`, parameters, intermediates, a letter.
    private static func control(_ bytes: ArraySlice<UInt8>) -> Self? {
        let body = bytes.dropFirst(2)
        switch body.first {
        case UInt8(ascii: "M"): return oldMouse(bytes)
        case UInt8(ascii: "["): return linux(bytes)
        default: break
        }
        let parameters = body.prefix(longest + 1).prefix { 0x20..<0x40 ~= $0 }
        guard parameters.count <= longest else {
            return Self(length: 2 + parameters.count, isEndless: true)
        }
        guard let final = body.dropFirst(parameters.count).first else { return nil }
        // A byte that cannot stand here ends the sequence, and is looked at by itself.
        guard 0x40..<0x7F ~= final else { return Self(length: 2 + parameters.count) }
        let sequence = ControlSequence(parameters, final)
        return Self(
            inputs: sequence.inputs, length: 3 + parameters.count,
            opensPaste: sequence.opensPaste)
    }

    /// How many bytes belong to an endless sequence, and whether it ends with them.
    static func noise(in bytes: ArraySlice<UInt8>) -> (length: Int, isOver: Bool) {
        let parameters = bytes.prefix { 0x20..<0x40 ~= $0 }.count
        guard let final = bytes.dropFirst(parameters).first else { return (parameters, false) }
        return (parameters + (0x40..<0x7F ~= final ? 1 : 0), true)
    }

    /// The Linux console's F1 to F5: `\e[[A`.
    private static func linux(_ bytes: ArraySlice<UInt8>) -> Self? {
        guard let final = bytes.dropFirst(3).first else { return nil }
        guard 0x41...0x45 ~= final else { return Self(length: 3) }
        return Self(inputs: [.key(.function(Int(final) - 0x40))], length: 4)
    }

    /// `\eO` and a letter, with a digit for the modifiers in between on some terminals.
    private static func single(_ bytes: ArraySlice<UInt8>) -> Self? {
        let digits = bytes.dropFirst(2).prefix(2).prefix { 0x31...0x38 ~= $0 }
        guard let final = bytes.dropFirst(2 + digits.count).first else { return nil }
        guard 0x20..<0x7F ~= final else {
            return Self(inputs: [.key(.escape), .key(.character("O"))], length: 2)
        }
        let key = KeypadKey.key(of: final)
        return Self(inputs: key.map { [.key($0)] } ?? [], length: 3 + digits.count)
    }

    /// An answer that somebody else has asked for, up to BEL or `\e\`: passed over.
    private static func string(_ bytes: ArraySlice<UInt8>) -> Self? {
        let body = bytes.dropFirst(2)
        guard let end = body.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else {
            return body.count > longestString ? Self(length: bytes.count) : nil
        }
        let length = end - bytes.startIndex
        if bytes[end] == 0x07 { return Self(length: length + 1) }
        // An Escape without its backslash begins something else.
        guard end + 1 < bytes.endIndex else { return nil }
        return Self(length: bytes[end + 1] == UInt8(ascii: "\\") ? length + 2 : length)
    }

    /// `\e[M` and three bytes, from terminals that know no other form.
    private static func oldMouse(_ bytes: ArraySlice<UInt8>) -> Self? {
        let report = bytes.dropFirst(3).prefix(3).map { Int($0) - 32 }
        guard report.count == 3 else { return nil }
        let mouse = MouseReport(button: report[0], column: report[1], row: report[2])
        return Self(inputs: mouse.inputs, length: 6)
    }
}
