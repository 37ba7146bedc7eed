// Parser, durations: arithmetic on spans of time between brackets and behind `offset`.
import Events

/// A duration while it is read: a sign before a literal becomes part of it.
private enum DurationTerm {
    case literal(NumberLiteral)
    case expression(DurationExpression)

    /// The term as a part of a larger one: plain numbers stay numbers.
    var part: DurationExpression {
        switch self {
        case .literal(let literal) where literal.isDuration: .literal(.rounded(literal.value))
        case .literal(let literal): .number(literal.value)
        case .expression(let expression): expression
        }
    }

    /// The term as the whole duration: a number is one of seconds.
    ///
    /// Prometheus counts such a duration in whole milliseconds.
    var whole: DurationExpression {
        switch self {
        case .literal(let literal):
            let exact = Duration.rounded(literal.value)
            return .literal(
                exact.isBelowMillisecond ? exact : .milliseconds(exact.milliseconds))
        case .expression(let expression): return expression
        }
    }
}

extension Parser {
    /// A duration between brackets; a literal must be above 0.
    mutating func positiveDuration(in context: Context) throws(Complaint) -> DurationExpression {
        let term = try duration(in: context)
        if case .literal(let literal) = term, literal.value <= 0 {
            throw Complaint(
                offset: literal.position.start, message: "duration must be greater than 0")
        }
        return term.whole
    }

    /// A duration behind `offset`; nil for none at all, 0.
    ///
    /// It ends as early as it can: `x offset 1m + 1` adds 1 to what `x` was a minute ago.
    mutating func offsetDuration() throws(Complaint) -> DurationExpression? {
        let term = try offsetTerm()
        if case .literal(let literal) = term, literal.value.isOffsetByNothing { return nil }
        return term.whole
    }

    private mutating func offsetTerm() throws(Complaint) -> DurationTerm {
        switch try peek().kind {
        case .leftParenthesis:
            return try duration(in: .offset)
        case .binary(.add), .binary(.subtract):
            let sign = try take()
            let inner: DurationTerm
            switch try peek().kind {
            case .binary(.add), .binary(.subtract):
                inner = try duration(binding: BinaryOperator.signPrecedence, in: .offset)
                return try operations(on: signed(sign, inner), binding: 0, in: .offset)
            default:
                inner = try durationPrimary(in: .offset)
                return try signed(sign, inner)
            }
        default:
            return try durationPrimary(in: .offset)
        }
    }

    /// A duration whose operators bind at least this tightly.
    private mutating func duration(
        binding minimum: Int = 0, in context: Context
    ) throws(Complaint) -> DurationTerm {
        try descend()
        let left: DurationTerm
        switch try peek().kind {
        case .binary(.add), .binary(.subtract):
            let sign = try take()
            let inner = try duration(binding: BinaryOperator.signPrecedence, in: context)
            left = try signed(sign, inner)
        default:
            left = try durationPrimary(in: context)
        }
        let term = try operations(on: left, binding: minimum, in: context)
        ascend()
        return term
    }

    private mutating func operations(
        on first: DurationTerm, binding minimum: Int, in context: Context
    ) throws(Complaint) -> DurationTerm {
        var left = first
        var count = 0
        while case .binary(let operation) = try peek().kind, operation.isArithmetic,
            operation.precedence >= minimum
        {
            count += 1
            try bound(count)
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
            left = .expression(.binary(operation, left.part, right.part))
        }
        return left
    }

    private mutating func durationPrimary(in context: Context) throws(Complaint) -> DurationTerm {
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

    private func signed(_ sign: Token, _ term: DurationTerm) throws(Complaint) -> DurationTerm {
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

extension DurationTerm {
    /// Literals lose their parentheses.
    fileprivate var parenthesized: DurationTerm {
        switch self {
        case .literal, .expression(.parentheses): self
        case .expression(let expression): .expression(.parentheses(expression))
        }
    }
}

extension Double {
    fileprivate var isOffsetByNothing: Bool { (self * 1e9).rounded() == 0 }
}

extension BinaryOperator {
    /// Whether it works on durations.
    fileprivate var isArithmetic: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide, .modulo, .power: true
        default: false
        }
    }
}
