// Parser: words to a tree, by recursive descent.

/// Reads one expression or one series description.
///
/// It gives the first error that Prometheus gives. Prometheus' parser is an LALR automaton that
/// reads a word ahead only where it must, and says "in …, expected …" of the innermost construct
/// that knows what it wants. So words are read as late as possible here, too: what is wrong with
/// something complete is said before anything behind it is looked at.
struct Parser {
    /// How deep an expression may be nested: a bound on everybody's stack.
    static let deepest = 250
    /// How long a text may be, in bytes.
    static let longest = 1 << 20

    var lexer: Lexer
    /// The word read ahead.
    private var ahead: Token?
    /// The end of the newest word that can close something; Prometheus ends nodes there.
    private(set) var newestClosing = 0
    /// How many levels are open.
    private var openLevels = 0
    /// The height of the expression read last.
    var height = 0
    /// How many aggregations are open: an error inside is one "in aggregation".
    var openAggregations = 0

    init(_ text: String, isSeries: Bool = false) {
        lexer = Lexer(text, isSeries: isSeries)
    }

    /// The next word, which stays the next.
    mutating func peek() throws(Complaint) -> Token {
        if let ahead { return ahead }
        let token = try lexer.next()
        switch token.kind {
        case .rightBrace, .rightParenthesis, .rightBracket, .duration, .number:
            newestClosing = token.end
        default: break
        }
        ahead = token
        return token
    }

    /// Reads a word.
    @discardableResult
    mutating func take() throws(Complaint) -> Token {
        let token = try peek()
        ahead = nil
        return token
    }

    /// Reads the next word if it is of this kind.
    mutating func take(_ kind: Token.Kind) throws(Complaint) -> Token? {
        guard try peek().kind == kind else { return nil }
        return try take()
    }

    /// Reads a word of this kind; complains of any other.
    @discardableResult
    mutating func require(
        _ kind: Token.Kind, in context: Context? = nil
    ) throws(Complaint) -> Token {
        guard let token = try take(kind) else { throw try unexpected(in: context) }
        return token
    }

    /// Opens a level of nesting; ``ascend()`` closes it.
    mutating func descend() throws(Complaint) {
        openLevels += 1
        try bound(openLevels)
    }

    mutating func ascend() { openLevels -= 1 }

    /// Refuses what is nested too deeply.
    func bound(_ depth: Int) throws(Complaint) {
        guard depth <= Self.deepest else {
            throw Complaint(
                offset: lexer.position,
                message: "expression is nested more than \(Self.deepest) levels deep")
        }
    }
}

/// What an error says of the place of a word: `in grouping opts, expected label`.
struct Context {
    var place: String
    var expected: String?

    static let groupingLabel = Self(place: "grouping opts", expected: "label")
    static let groupingStart = Self(place: "grouping opts", expected: "\"(\"")
    static let groupingEnd = Self(place: "grouping opts", expected: "\",\" or \")\"")
    static let matcher = Self(place: "label matching", expected: "identifier or \"}\"")
    static let matcherOperator = Self(
        place: "label matching", expected: "label matching operator")
    static let matcherValue = Self(place: "label matching", expected: "string")
    static let matcherEnd = Self(place: "label matching", expected: "\",\" or \"}\"")
    static let label = Self(place: "label set", expected: "identifier or \"}\"")
    static let labelEquals = Self(place: "label set", expected: "\"=\"")
    static let labelValue = Self(place: "label set", expected: "string")
    static let labelEnd = Self(place: "label set", expected: "\",\" or \"}\"")
    static let timestamp = Self(place: "@", expected: "timestamp")
    static let offset = Self(
        place: "offset", expected: "number, duration, step(), or range()")
    static let range = Self(
        place: "subquery or range selector", expected: "number, duration, step(), or range()")
    static let rangeEnd = Self(place: "subquery or range", expected: "\":\" or \"]\"")
    static let step = Self(
        place: "subquery selector", expected: "number, duration, step(), range(), or \"]\"")
    static let stepEnd = Self(place: "subquery selector", expected: "\"]\"")
    static let values = Self(place: "series values")
    static let value = Self(place: "series values", expected: "number or \"stale\"")
}

extension Parser {
    /// The complaint about the next word, which does not belong where it stands.
    mutating func unexpected(in context: Context? = nil) throws(Complaint) -> Complaint {
        try peek().unexpected(
            in: context ?? (openAggregations > 0 ? Context(place: "aggregation") : nil), of: lexer)
    }
}

extension Token {
    func unexpected(in context: Context?, of lexer: Lexer) -> Complaint {
        var message = "unexpected \(kind.described(lexer.text(of: self)))"
        if let context { message += " in \(context.place)" }
        if let expected = context?.expected { message += ", expected \(expected)" }
        return Complaint(offset: start, message: message)
    }
}
