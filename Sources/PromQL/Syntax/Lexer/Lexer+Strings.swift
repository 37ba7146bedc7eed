// Lexer, strings: where a string ends, and whether its escapes are good.

extension Lexer {
    /// The string whose opening quote has been read.
    mutating func string(closedBy quote: UInt8) throws(Complaint) -> Token {
        let isRaw = quote == UInt8(ascii: "`")
        while let byte = advance(), isRaw || byte != UInt8(ascii: "\n") {
            if byte == quote { return word(.string) }
            if byte == UInt8(ascii: "\\"), !isRaw { try checkEscape(in: quote) }
            guard byte != 0xEF || character(at: position - 1) != "\u{FFFD}" else {
                throw complaint("invalid UTF-8 rune")
            }
        }
        throw complaint(isRaw ? "unterminated raw string" : "unterminated quoted string")
    }

    /// Reads an escape whose backslash has been read.
    private mutating func checkEscape(in quote: UInt8) throws(Complaint) {
        guard let byte = peek else { throw complaint("escape sequence not terminated") }
        if byte == quote || accept(anyOf: "abfnrtv\\") {
            position += byte == quote ? 1 : 0
            return
        }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            try checkCode(digits: 3, base: 8, limit: 0xFF)
        case UInt8(ascii: "x"):
            position += 1
            try checkCode(digits: 2, base: 16, limit: 0xFF)
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            position += 1
            try checkCode(digits: byte == UInt8(ascii: "u") ? 4 : 8, base: 16, limit: 0x10FFFF)
        default:
            throw complaint("unknown escape sequence \(character(at: position).codePoint)")
        }
    }

    private mutating func checkCode(digits: Int, base: UInt32, limit: UInt32) throws(Complaint) {
        var code: UInt64 = 0
        for _ in 0..<digits {
            guard let byte = peek else { throw complaint("escape sequence not terminated") }
            guard let digit = byte.digit(base: base) else {
                let character = character(at: position).codePoint
                throw complaint("illegal character \(character) in escape sequence")
            }
            position += 1
            code = code * UInt64(base) + UInt64(digit)
        }
        guard code <= limit, !(0xD800..<0xE000).contains(code) else {
            throw complaint("escape sequence is an invalid Unicode code point")
        }
    }
}
