// Parser, durations: arithmetic on spans of time between brackets and behind `offset`.

extension Parser {
    /// A duration between brackets; a literal must be above 0, also in whole nanoseconds.
    mutating func positiveDuration(in context: ErrorContext) throws(Complaint) -> DurationExpression
    {
        durationParts = 0
        let term = try duration(in: context)
        if case .literal(let literal) = term, Duration.rounded(literal.value) <= .zero {
            throw Complaint(
                offset: literal.position.start, message: "duration must be greater than 0")
        }
        return term.whole
    }

    /// A duration behind `offset`; nil for none at all, 0.
    ///
    /// It ends as early as it can: `x offset 1m + 1` adds 1 to what `x` was a minute ago.
    mutating func offsetDuration() throws(Complaint) -> DurationExpression? {
        durationParts = 0
        let offset = try offsetTerm().whole
        return offset == .literal(.zero) ? nil : offset
    }

    private mutating func offsetTerm() throws(Complaint) -> DurationTerm {
        switch try peek().kind {
        case .leftParenthesis:
            return try duration(in: .offset).separate
        case .binary(.add), .binary(.subtract):
            return try signedOffset(behind: try take())
        default:
            return try durationPrimary(in: .offset)
        }
    }

    /// Behind one sign an offset ends early, behind two it goes on.
    private mutating func signedOffset(behind sign: Token) throws(Complaint) -> DurationTerm {
        switch try peek().kind {
        case .binary(.add), .binary(.subtract):
            let inner = try duration(binding: BinaryOperator.signPrecedence, in: .offset)
            return try operations(on: signed(sign, inner), binding: 0, in: .offset).separate
        default:
            return signed(sign, try durationPrimary(in: .offset))
        }
    }

    /// A duration whose operators bind at least this tightly.
    private mutating func duration(
        binding minimum: Int = 0, in context: ErrorContext
    ) throws(Complaint) -> DurationTerm {
        try descend()
        let left: DurationTerm
        switch try peek().kind {
        case .binary(.add), .binary(.subtract):
            let sign = try take()
            let inner = try duration(binding: BinaryOperator.signPrecedence, in: context)
            left = signed(sign, inner)
        default:
            left = try durationPrimary(in: context)
        }
        let term = try operations(on: left, binding: minimum, in: context)
        ascend()
        return term
    }

    private mutating func operations(
        on first: DurationTerm, binding minimum: Int, in context: ErrorContext
    ) throws(Complaint) -> DurationTerm {
        var left = first
        while case .binary(let operation) = try peek().kind, operation.isArithmetic,
            operation.precedence >= minimum
        {
            let symbol = try take()
            let right = try duration(binding: operation.rightPrecedence, in: context)
            if case .literal(let literal) = right, literal.value == 0 {
                if operation == .divide {
                    throw Complaint(offset: symbol.start, message: "division by zero")
                }
                if operation == .modulo {
                    throw Complaint(offset: symbol.start, message: "modulo by zero")
                }
            }
            let base = operation == .power ? left.base : left.part
            left = .expression(.binary(operation, base, right.part))
        }
        return left
    }

    private mutating func durationPrimary(in context: ErrorContext) throws(Complaint)
        -> DurationTerm
    {
        durationParts += 1
        try bound(durationParts)
        switch try peek().kind {
        case .number, .duration:
            let literal = try numberLiteral()
            try checkRange(literal.value, at: literal.position.start)
            return .literal(literal)
        case .preprocessor(.step), .preprocessor(.range):
            let isStep = try take().kind == .preprocessor(.step)
            try require(.leftParenthesis, in: context)
            try require(.rightParenthesis, in: context)
            return .expression(isStep ? .step : .range)
        case .preprocessor(.minOf), .preprocessor(.maxOf):
            let isMinimum = try take().kind == .preprocessor(.minOf)
            try require(.leftParenthesis, in: context)
            let first = try duration(in: context).part
            try require(.comma, in: context)
            let second = try duration(in: context).part
            try require(.rightParenthesis, in: context)
            return .expression(isMinimum ? .min(first, second) : .max(first, second))
        case .leftParenthesis:
            try take()
            let inner = try duration(in: context)
            try require(.rightParenthesis, in: context)
            return inner.parenthesized
        default:
            throw try unexpected(in: context)
        }
    }

    private func signed(_ sign: Token, _ term: DurationTerm) -> DurationTerm {
        let isNegative = sign.kind == .binary(.subtract)
        switch term {
        case .literal(var literal):
            if isNegative { literal.value.negate() }
            literal.position.start = sign.start
            return .literal(literal)
        case .expression(let expression):
            return .expression(isNegative ? .negative(expression) : expression)
        }
    }

    /// A span of time is counted in nanoseconds in 64 bits.
    private func checkRange(_ seconds: Double, at offset: Int) throws(Complaint) {
        guard abs(seconds) <= 0x1p63 / 1e9 else {
            throw Complaint(offset: offset, message: "duration out of range")
        }
    }
}
