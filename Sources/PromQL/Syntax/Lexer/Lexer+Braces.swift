// Lexer, braces: the words of a selector's matchers.

extension Lexer {
    /// Between braces: every word is an identifier, `!=` and `=~` compare labels.
    mutating func nextInBraces() throws(Complaint) -> Token? {
        guard let byte = advance() else {
            throw complaint("unexpected end of input inside braces")
        }
        switch byte {
        case _ where byte.isSpace, UInt8(ascii: "#"): return skip(from: byte)
        case UInt8(ascii: ","): return word(.comma)
        case _ where byte.isQuote: return try string(closedBy: byte)
        case UInt8(ascii: "="): return word(accept("~") ? .matchesRegex : .equals)
        case UInt8(ascii: "!"):
            if accept("~") { return word(.doesNotMatchRegex) }
            if accept("=") { return word(.binary(.notEqual)) }
            let next = character(at: position)
            throw complaint("unexpected character after '!' inside braces: \(next.quoted)")
        case UInt8(ascii: "{"):
            throw complaint("unexpected left brace '{'")
        case UInt8(ascii: "}"):
            place = isSeries ? .values : .statement
            return word(.rightBrace)
        case _ where byte.isLetter:
            while let next = peek, next.isLetter || next.isDigit { position += 1 }
            return word(.identifier)
        default:
            throw complaint("unexpected character inside braces: \(character(at: start).quoted)")
        }
    }
}
