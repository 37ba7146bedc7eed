// Threshold: the number that an expression's value is held against: the 5 of `errors > 5`.

struct Threshold: Hashable {
    /// `above`.
    let words: String
    let value: Double

    /// Nil where the whole expression is not a comparison with a number at its right end.
    ///
    /// The expression has been parsed elsewhere, so that only its outermost level is looked at.
    init?(of expression: String) {
        guard let (sign, rest) = Self.comparison(expression.utf8),
            let words = Self.words[sign], let value = Double(rest), value.isFinite
        else { return nil }
        (self.words, self.value) = (words, value)
    }

    private static let words = [
        ">": "above", ">=": "at or above", "<": "below", "<=": "at or below", "==": "equal to",
        "!=": "other than",
    ]

    /// The last sign of comparison outside of all brackets, and what follows it.
    ///
    /// Nil where there is none, or where set operators, which bind less, are outermost.
    private static func comparison(_ text: String.UTF8View) -> (sign: String, rest: String)? {
        var outer = Outermost(text)
        var (word, sign, rest) = ("", "", "")
        while let character = outer.next() {
            let isSign = "<>=!".contains(character)
            if isSign, sign.isEmpty || !rest.isEmpty { (sign, rest) = ("", "") }
            if isSign { sign.append(character) } else if !sign.isEmpty { rest.append(character) }
            if character.isLetter || character.isNumber || "_:".contains(character) {
                word.append(character)
                continue
            }
            if isSetOperator(word) { return nil }
            word = ""
        }
        let number = rest.filter { $0 != " " }
        return isSetOperator(word) || sign.isEmpty ? nil : (sign, number)
    }

    private static func isSetOperator(_ word: String) -> Bool {
        ["and", "or", "unless"].contains(word.lowercased())
    }
}

/// The characters outside of brackets, quotes and comments; each of those counts as a blank.
private struct Outermost {
    private var rest: String.UTF8View.Iterator
    private var depth = 0
    private var quote: UInt8?
    private var isComment = false

    init(_ text: String.UTF8View) { rest = text.makeIterator() }

    mutating func next() -> Character? {
        guard let byte = rest.next() else { return nil }
        return isOutermost(byte) ? Character(Unicode.Scalar(byte)) : " "
    }

    private mutating func isOutermost(_ byte: UInt8) -> Bool {
        if let quote {
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`") { _ = rest.next() }
            if byte == quote { self.quote = nil }
            return false
        }
        if isComment {
            isComment = byte != 0x0A
            return false
        }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote = byte
        case UInt8(ascii: "#"): isComment = true
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        case 0x0A, 0x0D, 0x09: return false
        default: return depth == 0
        }
        return false
    }
}
