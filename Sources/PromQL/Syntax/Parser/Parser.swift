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
    /// How many binary operators may be in a row.
    ///
    /// They take no stack; but each left side is evaluated and remembered for itself.
    static let longestRow = 5000
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
    /// How many literals, calls and parentheses the duration being read has.
    var durationParts = 0
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
        _ kind: Token.Kind, in context: ErrorContext? = nil
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
