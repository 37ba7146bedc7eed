// Operators: how tightly they bind, and which kinds of them there are.

extension BinaryOperator {
    package var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: true
        default: false
        }
    }

    package var isSetOperator: Bool {
        switch self {
        case .and, .or, .unless: true
        default: false
        }
    }

    /// Whether it works on durations, too.
    var isArithmetic: Bool {
        switch self {
        case .add, .subtract, .multiply, .divide, .modulo, .power: true
        default: false
        }
    }

    /// The higher, the tighter it binds.
    var precedence: Int {
        switch self {
        case .or: 1
        case .and, .unless: 2
        case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: 3
        case .trimUpper, .trimLower: 3
        case .add, .subtract: 4
        case .multiply, .divide, .modulo, .atan2: 5
        case .power: 6
        }
    }

    /// How tightly an operator must bind to take part in this one's right side.
    var rightPrecedence: Int { self == .power ? precedence : precedence + 1 }

    /// What a sign takes with it: `-x ^ 2` is `-(x ^ 2)`, `-x * 2` is `(-x) * 2`.
    static var signPrecedence: Int { Self.power.precedence }
}

extension AggregationOperator {
    /// Whether it takes a parameter before the expression.
    package var hasParameter: Bool {
        switch self {
        case .topk, .bottomk, .countValues, .quantile, .limitk, .limitRatio: true
        case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar: false
        }
    }

    /// Whether Prometheus wants a feature flag for it.
    var isExperimental: Bool { self == .limitk || self == .limitRatio }
}
