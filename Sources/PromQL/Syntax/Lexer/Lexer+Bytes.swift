// Lexer, bytes: looking at the text and moving through it.

extension Lexer {
    /// The byte that is read next; nil at the end.
    var peek: UInt8? { position < text.count ? text[position] : nil }

    /// Reads a byte; nil at the end.
    mutating func advance() -> UInt8? {
        guard let byte = peek else { return nil }
        position += 1
        return byte
    }

    /// Reads the next byte if it is this one.
    mutating func accept(_ byte: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: byte) else { return false }
        position += 1
        return true
    }

    /// Reads the next byte if it is one of these.
    mutating func accept(anyOf bytes: StaticString) -> Bool {
        guard isNext(anyOf: bytes) else { return false }
        position += 1
        return true
    }

    func isNext(anyOf bytes: StaticString) -> Bool {
        guard let next = peek else { return false }
        return bytes.withUTF8Buffer { $0.contains(next) }
    }

    /// Reads on over spaces, or over the comment that starts with `#`.
    mutating func skip(from byte: UInt8) -> Token? {
        let isComment = byte == UInt8(ascii: "#")
        while let next = peek, isComment ? !next.isLineBreak : next.isSpace { position += 1 }
        return nil
    }

    /// The word that ends here.
    func word(_ kind: Token.Kind) -> Token {
        Token(kind: kind, start: start, end: position)
    }

    /// A complaint about the word that is being read.
    func complaint(_ message: String) -> Complaint {
        Complaint(offset: start, message: message)
    }

    /// The character at a byte; the replacement character behind the end.
    func character(at offset: Int) -> Unicode.Scalar {
        String(decoding: text[min(offset, text.count)...].prefix(4), as: UTF8.self)
            .unicodeScalars.first ?? "\u{FFFD}"
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    /// An ASCII letter or an underscore.
    var isLetter: Bool {
        let lower = self | 0x20
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) || self == UInt8(ascii: "_")
    }

    var isSpace: Bool { self == 0x20 || self == 0x09 || isLineBreak }
    var isLineBreak: Bool { self == 0x0A || self == 0x0D }

    var isQuote: Bool {
        self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "`")
    }

    /// The digit's value in a base up to 16; nil where it is none.
    func digit(base: UInt32) -> UInt32? {
        let value: UInt8
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): value = self - UInt8(ascii: "A") + 10
        default: return nil
        }
        return value < base ? UInt32(value) : nil
    }
}
