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

    /// Calls `body` with the expression and all that is within, from the outside and from the left.
    private func forEachPart(_ body: (Expression) -> Void) {
        body(self)
        guard case .binary(let binary) = self else {
            for child in children { child.forEachPart(body) }
            return
        }
        // A row may be longer than the stack is deep.
        for shorter in binary.row.dropLast().reversed() { body(.binary(shorter)) }
        binary.first.forEachPart(body)
        for link in binary.links { link.right.forEachPart(body) }
    }

    /// All selectors in this expression: what it reads.
    package var selectors: [VectorSelector] {
        var selectors: [VectorSelector] = []
        forEachPart { if case .vector(let selector) = $0 { selectors.append(selector) } }
        return selectors
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
        var positions: [Position] = []
        forEachPart { if $0 == part { positions.append($0.position) } }
        return positions
    }

    /// The part that stands at a position.
    func part(at position: Position) -> Expression? {
        var found: Expression?
        forEachPart { part in
            let place = part.position
            guard found == nil, place.start == position.start, place.end == position.end else {
                return
            }
            found = part
        }
        return found
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
