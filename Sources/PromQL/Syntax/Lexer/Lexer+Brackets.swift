// Lexer, brackets: the words of a range before its first number.

extension Lexer {
    /// Behind `[`: arithmetic on durations.
    ///
    /// The first number ends this place: from there on the words are those of a statement, with
    /// ``durationWord(_:)`` instead of names.
    mutating func nextInBrackets() throws(Complaint) -> Token? {
        guard let byte = advance() else {
            throw complaint("unexpected end of input in duration expression")
        }
        switch byte {
        case _ where byte.isSpace: return skip(from: byte)
        case UInt8(ascii: ","): return word(.comma)
        case UInt8(ascii: "("), UInt8(ascii: ")"): return try parenthesis(byte)
        case UInt8(ascii: "]"):
            isBracketOpen = false
            hasColon = false
            place = .statement
            return word(.rightBracket)
        case UInt8(ascii: ":"): return try stepColon()
        case _ where byte.isDigit || (byte == UInt8(ascii: ".") && peek?.isDigit == true):
            position = start
            hasDuration = true
            place = .statement
            return try numberOrDuration()
        default:
            if let operation = BinaryOperator(symbol: byte) { return word(.binary(operation)) }
            if let token = durationKeyword(byte) { return token }
            let character = character(at: start)
            throw complaint("unexpected character in duration expression: \(character.quoted)")
        }
    }

    private mutating func stepColon() throws(Complaint) -> Token {
        let colon = word(.colon)
        start = position
        guard hasDuration else {
            throw complaint("unexpected colon before duration in duration expression")
        }
        guard !hasColon else {
            throw complaint("unexpected repeated colon in duration expression")
        }
        hasColon = true
        return colon
    }

    /// A colon or a keyword behind the first number of a range.
    mutating func durationWord(_ byte: UInt8) throws(Complaint) -> Token {
        if byte == UInt8(ascii: ":") {
            guard !hasColon else { throw complaint("unexpected colon ':'") }
            hasColon = true
            return word(.colon)
        }
        if let token = durationKeyword(byte) { return token }
        throw complaint("unexpected character: \(character(at: start).quoted), expected ':'")
    }

    /// `step`, `range`, `min_of`, `max_of`; nil for any other word.
    private mutating func durationKeyword(_ byte: UInt8) -> Token? {
        guard byte.isLetter else { return nil }
        while let next = peek, next.isLetter { position += 1 }
        let text = String(decoding: text[start..<position], as: UTF8.self)
        switch Token.Kind(word: text) {
        case .preprocessor(let name) where name != .start && name != .end:
            return word(.preprocessor(name))
        default:
            return nil
        }
    }
}
