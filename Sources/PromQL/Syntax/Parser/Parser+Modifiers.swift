// Parser, modifiers: ranges, `offset` and `@` behind an expression.
import Events

extension Parser {
    /// An expression with the modifiers behind it.
    mutating func modified(_ expression: Expression) throws(Complaint) -> Expression {
        var expression = expression
        while true {
            switch try peek().kind {
            case .leftBracket: expression = try ranged(expression)
            case .keyword(.offset): try shift(&expression)
            case .at: try pin(&expression)
            case .keyword(.anchored), .keyword(.smoothed):
                let name = lexer.text(of: try take()).lowercased()
                throw Complaint(
                    offset: expression.position.start,
                    message: "\(name) modifier is experimental and not enabled")
            default: return expression
            }
        }
    }

    /// `[range]` or `[range:step]`.
    private mutating func ranged(_ expression: Expression) throws(Complaint) -> Expression {
        let open = try take()
        let range = try positiveDuration(in: .range)
        if try take(.colon) != nil { return try subquery(expression, range) }
        try require(.rightBracket, in: .rangeEnd)
        guard case .vector(let selector) = expression else {
            throw Complaint(
                offset: open.start, message: "ranges only allowed for vector selectors")
        }
        if case .literal = selector.modifiers.offset {
            throw Complaint(
                offset: open.start, message: "no offset modifiers allowed before range")
        }
        if case .instant = selector.modifiers.at {
            throw Complaint(offset: open.start, message: "no @ modifiers allowed before range")
        }
        return .range(
            RangeSelector(
                selector: selector, range: range,
                position: Position(selector.position.start, newestClosing)))
    }

    private mutating func subquery(
        _ expression: Expression, _ range: DurationExpression
    ) throws(Complaint) -> Expression {
        var step: DurationExpression?
        var close = try take(.rightBracket)
        if close == nil {
            step = try positiveDuration(in: .step)
            close = try require(.rightBracket, in: .stepEnd)
        }
        try grow()
        return .subquery(
            Subquery(
                expression: expression, range: range, step: step, modifiers: TimeModifiers(),
                position: Position(expression.position.start, close?.end ?? newestClosing)))
    }

    private mutating func shift(_ expression: inout Expression) throws(Complaint) {
        try take()
        let offset = try offsetDuration()
        guard var modifiers = expression.modifiers else {
            throw misplaced("offset modifier", behind: expression)
        }
        guard modifiers.offset == nil else {
            throw Complaint(
                offset: expression.position.start,
                message: "offset may not be set multiple times")
        }
        modifiers.offset = offset
        expression.modify(modifiers, end: newestClosing)
    }

    private mutating func pin(_ expression: inout Expression) throws(Complaint) {
        try take()
        let at: TimeModifiers.At
        switch try peek().kind {
        case .preprocessor(.start), .preprocessor(.end):
            at = try take().kind == .preprocessor(.start) ? .start : .end
            try require(.leftParenthesis, in: .timestamp)
            try require(.rightParenthesis, in: .timestamp)
        default:
            at = .instant(try timestamp(of: expression))
        }
        guard var modifiers = expression.modifiers else {
            throw misplaced("@ modifier", behind: expression)
        }
        guard modifiers.at == nil else {
            throw Complaint(
                offset: expression.position.start,
                message: "@ <timestamp> may not be set multiple times")
        }
        modifiers.at = at
        expression.modify(modifiers, end: newestClosing)
    }

    /// Seconds since the epoch, rounded to milliseconds.
    private mutating func timestamp(of expression: Expression) throws(Complaint) -> Instant {
        let seconds = try signedNumber(in: .timestamp)
        let milliseconds = (seconds * 1000).rounded(.toNearestOrAwayFromZero)
        // Half of what fits: an offset may still be added.
        guard abs(milliseconds) < 0x1p62 else {
            throw Complaint(
                offset: expression.position.start,
                message: "timestamp out of bounds for @ modifier: \(seconds.fixed(digits: 6))")
        }
        return Instant(milliseconds: Int64(milliseconds))
    }

    private func misplaced(_ modifier: String, behind expression: Expression) -> Complaint {
        Complaint(
            offset: expression.position.start,
            message: "\(modifier) must be preceded by an instant vector selector or range "
                + "vector selector or a subquery")
    }
}

extension Expression {
    /// `offset` and `@`; nil where none can stand.
    fileprivate var modifiers: TimeModifiers? {
        switch self {
        case .vector(let selector): selector.modifiers
        case .range(let range): range.selector.modifiers
        case .subquery(let subquery): subquery.modifiers
        default: nil
        }
    }

    /// Sets `offset` and `@`; the expression then ends behind them.
    fileprivate mutating func modify(_ modifiers: TimeModifiers, end: Int) {
        switch self {
        case .vector(var selector):
            selector.modifiers = modifiers
            selector.position.end = end
            self = .vector(selector)
        case .range(var range):
            range.selector.modifiers = modifiers
            range.position.end = end
            self = .range(range)
        case .subquery(var subquery):
            subquery.modifiers = modifiers
            subquery.position.end = end
            self = .subquery(subquery)
        default: break
        }
    }
}
