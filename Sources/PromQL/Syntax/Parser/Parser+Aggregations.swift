// Parser, aggregations: `sum by (label) (…)`, the clause before or behind.

private struct GroupingClause {
    var isWithout: Bool
    var labels: [String]
}

extension Parser {
    mutating func aggregation(
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
