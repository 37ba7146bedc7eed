// ExpressionParts: what an expression is made of.

import Events

extension Expression {
    /// The expressions right below this one.
    package var children: [Expression] {
        switch self {
        case .number, .string, .vector: []
        case .range(let range): [.vector(range.selector)]
        case .subquery(let subquery): [subquery.expression]
        case .call(let call): call.arguments
        case .aggregation(let aggregation):
            [aggregation.expression] + (aggregation.parameter.map { [$0] } ?? [])
        case .binary(let operation): [operation.left, operation.right]
        case .unary(let operation): [operation.expression]
        case .parentheses(let parentheses): [parentheses.expression]
        }
    }

    /// All selectors in this expression: what it reads.
    package var selectors: [VectorSelector] {
        if case .vector(let selector) = self { return [selector] }
        return children.flatMap(\.selectors)
    }

    /// The names of the metrics it reads; nil where a selector may read any metric.
    package var metricNames: Set<String>? {
        var names: Set<String> = []
        for selector in selectors {
            guard let name = selector.matchers.metricName else { return nil }
            names.insert(name)
        }
        return names
    }

    /// Everywhere an equal expression stands in this one.
    func positions(of part: Expression) -> [Position] {
        (self == part ? [position] : []) + children.flatMap { $0.positions(of: part) }
    }

    /// The expression within any parentheses.
    var unwrapped: Expression {
        if case .parentheses(let parentheses) = self { return parentheses.expression.unwrapped }
        return self
    }
}

extension [Matcher] {
    /// The one metric these can match; nil where they leave it open.
    var metricName: String? {
        first { $0.name == Labels.nameLabel && $0.operation == .equal && !$0.value.isEmpty }?.value
    }
}
