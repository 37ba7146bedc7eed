// Parser, primaries: literals, parentheses, calls, aggregations.

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

    private mutating func call(_ name: Token) throws(Complaint) -> Call {
        let arguments = try arguments()
        let text = lexer.text(of: name)
        guard let function = Function.named(text) else {
            throw Complaint(
                offset: name.start, message: "unknown function with name \(text.quoted)")
        }
        guard !function.isExperimental else {
            throw Complaint(
                offset: name.start, message: "function \(text.quoted) is not enabled")
        }
        return Call(
            function: text, arguments: arguments, position: Position(name.start, newestClosing))
    }

    /// `(…, …)`; afterwards the height is that of the call.
    private mutating func arguments() throws(Complaint) -> [Expression] {
        try require(.leftParenthesis)
        var arguments: [Expression] = []
        var tallest = 0
        while try take(.rightParenthesis) == nil {
            arguments.append(try expression())
            tallest = max(tallest, height)
            guard let comma = try take(.comma) else {
                try require(.rightParenthesis)
                break
            }
            guard try startsExpression() else {
                throw Complaint(
                    offset: comma.start,
                    message: "trailing commas not allowed in function call args")
            }
        }
        height = tallest
        try grow()
        return arguments
    }

    /// Whether the next word can be the first of an expression.
    mutating func startsExpression() throws(Complaint) -> Bool {
        switch try peek().kind {
        case .number, .duration, .string, .leftParenthesis, .leftBrace: true
        case .binary(.add), .binary(.subtract): true
        case let kind: kind.canNameMetric
        }
    }

    private mutating func aggregation(
        _ operation: AggregationOperator, at name: Token
    ) throws(Complaint) -> Aggregation {
        openAggregations += 1
        var clause = try groupingClause()
        let arguments = try arguments()
        let close = newestClosing
        if clause == nil { clause = try groupingClause() }
        openAggregations -= 1
        let end = clause == nil ? endBehind(close) : newestClosing
        return try aggregate(operation, Position(name.start, end), clause, arguments)
    }

    /// `by (…)` or `without (…)`.
    private mutating func groupingClause() throws(Complaint) -> GroupingClause? {
        guard case .keyword(let keyword) = try peek().kind,
            keyword == .by || keyword == .without
        else { return nil }
        try take()
        return GroupingClause(isWithout: keyword == .without, labels: try groupingLabels())
    }

    /// The end that Prometheus gives an aggregation without a clause that closed at `close`.
    ///
    /// It has looked ahead for a clause, and so takes the end of another word where that could
    /// close something; only in front of a parenthesis it finds back.
    private func endBehind(_ close: Int) -> Int {
        let between = lexer.text[close..<max(close, lexer.newest)]
        let isParenthesis = lexer.text.dropFirst(lexer.newest).first == UInt8(ascii: ")")
        return isParenthesis && between.allSatisfy(\.isSpace) ? close : newestClosing
    }

    private func aggregate(
        _ operation: AggregationOperator, _ position: Position, _ clause: GroupingClause?,
        _ arguments: [Expression]
    ) throws(Complaint) -> Aggregation {
        let wanted = operation.hasParameter ? 2 : 1
        guard let last = arguments.last else {
            throw Complaint(
                offset: position.start, message: "no arguments for aggregate expression provided")
        }
        guard !operation.isExperimental else {
            let name = operation.rawValue
            let flag = "--enable-feature=promql-experimental-functions"
            throw Complaint(
                offset: position.start,
                message: "\(name)() is experimental and must be enabled with \(flag)")
        }
        guard arguments.count == wanted else {
            throw Complaint(
                offset: position.start,
                message: "wrong number of arguments for aggregate expression provided, "
                    + "expected \(wanted), got \(arguments.count)")
        }
        return Aggregation(
            operation: operation, expression: last,
            parameter: operation.hasParameter ? arguments.first : nil,
            grouping: clause?.labels ?? [], isWithout: clause?.isWithout ?? false,
            position: position)
    }
}

private struct GroupingClause {
    var isWithout: Bool
    var labels: [String]
}
