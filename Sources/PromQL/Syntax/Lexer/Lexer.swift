// Lexer: a text cut into words, one at a time.

/// Cuts an expression into words.
///
/// What a character means depends on where it stands: between braces every word is an identifier,
/// and after a left bracket only durations are expected until the first number has come.
struct Lexer {
    let text: [UInt8]
    /// Whether the text describes a series: values follow the labels.
    let isSeries: Bool

    /// The first byte that is not read yet.
    var position = 0
    /// The first byte of the word being read.
    var start = 0
    /// Where the newest word starts.
    private(set) var newest = 0
    var place = Place.statement
    var openParentheses = 0
    var isBracketOpen = false
    /// Whether a colon has come since the bracket was opened.
    var hasColon = false
    /// Whether any duration has come between brackets so far.
    var hasDuration = false

    /// What kind of words come next.
    enum Place { case statement, braces, brackets, values }

    init(_ text: String, isSeries: Bool = false) {
        self.text = Array(text.utf8)
        self.isSeries = isSeries
    }

    /// The next word; at the end of the text, its end.
    mutating func next() throws(Complaint) -> Token {
        while true {
            start = position
            let token =
                switch place {
                case .statement: try nextInStatement()
                case .braces: try nextInBraces()
                case .brackets: try nextInBrackets()
                case .values: try nextInValues()
                }
            guard let token else { continue }
            newest = token.start
            return token
        }
    }

    func text(of token: Token) -> String {
        String(decoding: text[token.start..<token.end], as: UTF8.self)
    }

    /// Nil where what was read is no word: spaces, a comment.
    private mutating func nextInStatement() throws(Complaint) -> Token? {
        guard let byte = advance() else { return try end() }
        switch byte {
        case _ where byte.isSpace, UInt8(ascii: "#"):
            return skip(from: byte)
        case UInt8(ascii: ","): return word(.comma)
        case UInt8(ascii: "@"): return word(.at)
        case _ where byte.isQuote:
            return try string(closedBy: byte)
        case UInt8(ascii: "("), UInt8(ascii: ")"):
            return try parenthesis(byte)
        case UInt8(ascii: "{"):
            place = .braces
            return word(.leftBrace)
        case UInt8(ascii: "["), UInt8(ascii: "]"):
            return try bracket(byte)
        case _ where byte.isDigit || (byte == UInt8(ascii: ".") && peek?.isDigit == true):
            position = start
            return try numberOrDuration()
        case _ where byte.isLetter || byte == UInt8(ascii: ":"):
            return isBracketOpen ? try durationWord(byte) : name()
        default:
            return try symbol(byte)
        }
    }

    private func end() throws(Complaint) -> Token {
        guard openParentheses == 0 else { throw complaint("unclosed left parenthesis") }
        guard !isBracketOpen else { throw complaint("unclosed left bracket") }
        return word(.endOfInput)
    }

    mutating func parenthesis(_ byte: UInt8) throws(Complaint) -> Token {
        if byte == UInt8(ascii: "(") {
            openParentheses += 1
            return word(.leftParenthesis)
        }
        openParentheses -= 1
        guard openParentheses >= 0 else {
            start = position
            throw complaint("unexpected right parenthesis ')'")
        }
        return word(.rightParenthesis)
    }

    private mutating func bracket(_ byte: UInt8) throws(Complaint) -> Token {
        if byte == UInt8(ascii: "[") {
            guard !isBracketOpen else { throw complaint("unexpected left bracket '['") }
            hasColon = false
            isBracketOpen = true
            place = .brackets
            return word(.leftBracket)
        }
        guard isBracketOpen else { throw complaint("unexpected right bracket ']'") }
        isBracketOpen = false
        return word(.rightBracket)
    }

    private mutating func symbol(_ byte: UInt8) throws(Complaint) -> Token {
        switch byte {
        case UInt8(ascii: "="):
            if peek == UInt8(ascii: "~") { throw complaint("unexpected character after '=': '~'") }
            return accept("=") ? word(.binary(.equal)) : word(.equals)
        case UInt8(ascii: "!"):
            let next = character(at: position)
            guard accept("=") else {
                throw complaint("unexpected character after '!': \(next.quoted)")
            }
            return word(.binary(.notEqual))
        case UInt8(ascii: "<"):
            if accept("=") { return word(.binary(.lessOrEqual)) }
            return word(.binary(accept("/") ? .trimUpper : .less))
        case UInt8(ascii: ">"):
            if accept("=") { return word(.binary(.greaterOrEqual)) }
            return word(.binary(accept("/") ? .trimLower : .greater))
        default:
            guard let operation = BinaryOperator(symbol: byte) else {
                throw complaint("unexpected character: \(character(at: start).quoted)")
            }
            return word(.binary(operation))
        }
    }

    /// A name or a keyword; it may hold colons.
    mutating func name() -> Token {
        while let byte = peek, byte.isLetter || byte.isDigit || byte == UInt8(ascii: ":") {
            position += 1
        }
        if isSeries { place = peek == UInt8(ascii: "{") ? .statement : .values }
        let text = String(decoding: text[start..<position], as: UTF8.self)
        let kind = Token.Kind(word: text)
        switch kind {
        case .keyword(.fill), .keyword(.fillLeft), .keyword(.fillRight):
            return word(isFollowedByParenthesis ? kind : .identifier)
        default:
            return word(kind)
        }
    }

    private var isFollowedByParenthesis: Bool {
        text[position...].first { !$0.isSpace } == UInt8(ascii: "(")
    }
}

extension BinaryOperator {
    /// The arithmetic operator of one character.
    init?(symbol: UInt8) {
        switch symbol {
        case UInt8(ascii: "+"): self = .add
        case UInt8(ascii: "-"): self = .subtract
        case UInt8(ascii: "*"): self = .multiply
        case UInt8(ascii: "/"): self = .divide
        case UInt8(ascii: "%"): self = .modulo
        case UInt8(ascii: "^"): self = .power
        default: return nil
        }
    }
}
