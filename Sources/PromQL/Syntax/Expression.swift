// Expression: a PromQL expression as a tree.
package import Events

/// A parsed PromQL expression.
///
/// Two expressions are equal when they read the same, wherever they stand: rules that share a
/// sub-expression find it by equality. The language is that of Prometheus 3.14 at its default flags.
/// Source: <https://prometheus.io/docs/prometheus/latest/querying/basics/>
package indirect enum Expression: Hashable, Sendable {
    case number(NumberLiteral)
    case string(StringLiteral)
    case vector(VectorSelector)
    case range(RangeSelector)
    case subquery(Subquery)
    case call(Call)
    case aggregation(Aggregation)
    case binary(BinaryOperation)
    case unary(UnaryOperation)
    case parentheses(Parentheses)
}

/// Where a piece of an expression stands: offsets in UTF-8 bytes of its text.
///
/// It takes no part in comparing: all positions are equal.
package struct Position: Hashable, Sendable {
    package var start: Int
    package var end: Int

    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    package static func == (one: Self, other: Self) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
}

package struct NumberLiteral: Hashable, Sendable {
    package var value: Double
    /// Whether it was written as a duration, `5m` for 300: it is printed as one again.
    package var isDuration: Bool
    package var position: Position

    /// Bit by bit: `NaN` is the same literal as `NaN`.
    package static func == (one: Self, other: Self) -> Bool {
        one.value.bitPattern == other.value.bitPattern && one.isDuration == other.isDuration
    }
}

package struct StringLiteral: Hashable, Sendable {
    package var value: String
    package var position: Position

    package static func == (one: Self, other: Self) -> Bool {
        one.value.hasSameBytes(as: other.value) && one.position == other.position
    }
}

/// `name{matchers} offset … @ …`: the newest sample of each series that matches.
package struct VectorSelector: Hashable, Sendable {
    /// The metric's name where it stands before the braces; it is also among ``matchers``.
    package var name: String
    package var matchers: [Matcher]
    package var modifiers: TimeModifiers
    package var position: Position

    /// The order of the matchers does not matter.
    package static func == (one: Self, other: Self) -> Bool {
        one.name == other.name && one.modifiers == other.modifiers
            && (one.matchers == other.matchers || Set(one.matchers) == Set(other.matchers))
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(Set(matchers))
        hasher.combine(modifiers)
    }
}

/// `selector[range]`: the samples of each series in a window that ends at the evaluation time.
package struct RangeSelector: Hashable, Sendable {
    package var selector: VectorSelector
    package var range: DurationExpression
    package var position: Position
}

/// `expression[range:step]`: an expression evaluated at steps of a window.
package struct Subquery: Hashable, Sendable {
    package var expression: Expression
    package var range: DurationExpression
    /// nil: the default step.
    package var step: DurationExpression?
    package var modifiers: TimeModifiers
    package var position: Position
}

package struct Call: Hashable, Sendable {
    package var function: String
    package var arguments: [Expression]
    package var position: Position
}

/// `sum by (label) (expression)`.
package struct Aggregation: Hashable, Sendable {
    package var operation: AggregationOperator
    package var expression: Expression
    /// The `k` of `topk`, the quantile, the label of `count_values`.
    package var parameter: Expression?
    package var grouping: [String]
    /// `without` instead of `by`.
    package var isWithout: Bool
    package var position: Position
}

package struct UnaryOperation: Hashable, Sendable {
    package var isNegation: Bool
    package var expression: Expression
    package var position: Position
}

package struct Parentheses: Hashable, Sendable {
    package var expression: Expression
    package var position: Position
}

/// `on`/`ignoring` and `group_left`/`group_right`.
package struct VectorMatching: Hashable, Sendable {
    package enum Cardinality: Hashable, Sendable { case oneToOne, manyToOne, oneToMany, manyToMany }

    package var cardinality: Cardinality
    package var labels: [String]
    /// `on` instead of `ignoring`.
    package var isOn: Bool
    /// Labels that `group_left` or `group_right` copies from the one side.
    package var include: [String]
}

package enum AggregationOperator: String, Hashable, Sendable, CaseIterable {
    case sum, avg, count, min, max, group, stddev, stdvar, topk, bottomk
    case countValues = "count_values"
    case quantile
    case limitk
    case limitRatio = "limit_ratio"
}

package enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
    case atan2
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    /// Keeps the lower part of a native histogram.
    case trimUpper = "</"
    /// Keeps the upper part of a native histogram.
    case trimLower = ">/"
    case and, or, unless
}

/// `offset` and `@`.
package struct TimeModifiers: Hashable, Sendable {
    package enum At: Hashable, Sendable {
        case instant(Instant)
        case start, end
    }

    package var offset: DurationExpression?
    package var at: At?

    package init(offset: DurationExpression? = nil, at: At? = nil) {
        self.offset = offset
        self.at = at
    }
}

/// A span of time: a literal, or arithmetic on literals, `step()` and `range()`.
package indirect enum DurationExpression: Hashable, Sendable {
    case literal(Duration)
    /// Seconds written as a plain number.
    case number(Double)
    case step, range
    case negative(DurationExpression)
    case binary(BinaryOperator, DurationExpression, DurationExpression)
    case min(DurationExpression, DurationExpression)
    case max(DurationExpression, DurationExpression)
    case parentheses(DurationExpression)
}

/// `label="value"` and its kin; regular expressions are RE2's, anchored at both ends.
package struct Matcher: Hashable, Sendable {
    package enum Operator: String, Hashable, Sendable {
        case equal = "="
        case notEqual = "!="
        case matches = "=~"
        case doesNotMatch = "!~"
    }

    package var name: String
    package var operation: Operator
    package var value: String

    package init(_ name: String, _ operation: Operator, _ value: String) {
        self.name = name
        self.operation = operation
        self.value = value
    }

    package static func == (one: Self, other: Self) -> Bool {
        one.operation == other.operation && one.name.hasSameBytes(as: other.name)
            && one.value.hasSameBytes(as: other.value)
    }
}
