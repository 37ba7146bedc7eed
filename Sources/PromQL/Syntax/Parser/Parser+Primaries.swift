// Parser, primaries: what operators and modifiers work on.

extension Parser {
    /// What has neither operators nor modifiers of its own.
    mutating func primary() throws(Complaint) -> Expression {
        height = 1
        let token = try peek()
        switch token.kind {
        case .number, .duration:
            return .number(try numberLiteral())
        case .string:
            try take()
            let position = Position(token.start, token.end)
            return .string(StringLiteral(value: lexer.value(of: token), position: position))
        case .leftParenthesis:
            return try parentheses()
        case .leftBrace:
            return .vector(try selector(named: nil))
        case _ where token.kind.canNameMetric:
            return try named()
        default:
            throw try unexpected()
        }
    }

    private mutating func parentheses() throws(Complaint) -> Expression {
        let open = try take()
        let inner = try expression()
        let close = try require(.rightParenthesis)
        try grow()
        return .parentheses(
            Parentheses(expression: inner, position: Position(open.start, close.end)))
    }

    /// What starts with a name: what comes behind it tells what it is.
    private mutating func named() throws(Complaint) -> Expression {
        let name = try take()
        let next = try peek().kind
        switch (name.kind, next) {
        case (.identifier, .leftParenthesis), (.preprocessor, .leftParenthesis):
            return .call(try call(name))
        case (.aggregation(let operation), .leftParenthesis),
            (.aggregation(let operation), .keyword(.by)),
            (.aggregation(let operation), .keyword(.without)):
            return .aggregation(try aggregation(operation, at: name))
        default:
            return .vector(try selector(named: name))
        }
    }
}
