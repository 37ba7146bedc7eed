// ByteKey: keys that are a byte or a character.
import Drawing

enum ByteKey {
    /// The key behind an ASCII byte.
    static func key(of byte: UInt8) -> Key {
        switch byte {
        case 0x00: .control(" ")
        case 0x08, 0x7F: .backspace
        case 0x09: .tab
        case 0x0A, 0x0D: .enter
        case 0x1B: .escape
        case 0x01...0x1A: .control(Character(Unicode.Scalar(byte + 0x60)))
        // Control and one of \ ] ^ _
        case 0x1C...0x1F: .control(Character(Unicode.Scalar(byte + 0x40)))
        default: .character(Character(Unicode.Scalar(byte)))
        }
    }

    /// The character that `bytes` start with; nil where it is cut; bytes that are none are passed over.
    static func unicode(_ bytes: ArraySlice<UInt8>) -> (found: [TerminalInput], length: Int)? {
        guard let first = bytes.first, let length = length(after: first) else { return ([], 1) }
        let tail = bytes.dropFirst().prefix(length - 1).prefix { $0 & 0xC0 == 0x80 }
        if tail.count < length - 1 {
            let isCut = tail.endIndex == bytes.endIndex
            return isCut ? nil : ([], 1 + tail.count)
        }
        let text = String(decoding: bytes.prefix(length), as: UTF8.self)
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            return ([], length)
        }
        // The 8-bit controls are nobody's keys.
        let isKey = scalar.value >= 0xA0 && scalar != "\u{FFFD}"
        return (isKey ? [.key(.character(Character(scalar)))] : [], length)
    }

    private static func length(after first: UInt8) -> Int? {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: nil
        }
    }
}
