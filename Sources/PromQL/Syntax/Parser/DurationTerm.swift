// DurationTerm: a duration while it is read.
import Events

/// A duration while it is read: a sign before a literal becomes part of it.
enum DurationTerm {
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

    /// The term in front of `^`: `(-1) ^ 2` is not `-1 ^ 2`, which is `-(1 ^ 2)`.
    var base: DurationExpression {
        guard case .literal(let literal) = self, literal.value < 0 else { return part }
        return .parentheses(part)
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

    /// The term behind `offset`: an operation that would end early there stands in parentheses.
    var separate: DurationTerm {
        guard case .expression(var leftmost) = self, case .binary = leftmost else { return self }
        while case .binary(_, let left, _) = leftmost { leftmost = left }
        if case .parentheses = leftmost { return self }
        return parenthesized
    }

    /// Literals lose their parentheses.
    var parenthesized: DurationTerm {
        switch self {
        case .literal, .expression(.parentheses): self
        case .expression(let expression): .expression(.parentheses(expression))
        }
    }
}
