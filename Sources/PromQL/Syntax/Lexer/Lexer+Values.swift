// Lexer, values: the words of a series behind its labels.

extension Lexer {
    mutating func nextInValues() throws(Complaint) -> Token? {
        guard let byte = advance() else { return word(.endOfInput) }
        switch byte {
        case _ where byte.isSpace:
            let first = word(.space)
            _ = skip(from: byte)
            return first
        case UInt8(ascii: "+"): return word(.binary(.add))
        case UInt8(ascii: "-"): return word(.binary(.subtract))
        case UInt8(ascii: "x"): return word(.times)
        case UInt8(ascii: "_"): return word(.blank)
        case UInt8(ascii: "{") where peek == UInt8(ascii: "{"):
            position += 1
            return word(.openHistogram)
        case _ where byte.isDigit || (byte == UInt8(ascii: ".") && peek?.isDigit == true):
            position = start
            return try number()
        case _ where byte.isLetter:
            return name()
        default:
            let character = character(at: start)
            throw complaint("unexpected character in series sequence: \(character.quoted)")
        }
    }
}
