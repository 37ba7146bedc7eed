// SyntaxTree: an expression's tree as Prometheus' API tells it.

import Events

@testable import PromQL

/// A value of JSON.
enum SyntaxTree: Equatable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([SyntaxTree])
    case object([String: SyntaxTree])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([SyntaxTree].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: SyntaxTree].self))
        }
    }
}

extension SyntaxTree {
    init(_ expression: Expression) {
        switch expression {
        case .number(let number):
            self = .node("numberLiteral", ["val": .text(number.value.prometheus)])
        case .string(let string):
            self = .node("stringLiteral", ["val": .text(string.value.asJSON)])
        case .vector(let selector):
            self = .node("vectorSelector", Self.fields(selector))
        case .range(let range):
            let fields = Self.fields(range.selector).merging(
                Self.span(range.range, as: "range")
            ) { $1 }
            self = .node("matrixSelector", fields)
        case .subquery(let subquery):
            let fields = Self.fields(subquery.modifiers)
                .merging(Self.span(subquery.range, as: "range")) { $1 }
                .merging(Self.span(subquery.step, as: "step")) { $1 }
            self = .node(
                "subquery", fields.merging(["expr": SyntaxTree(subquery.expression)]) { $1 })
        case .call(let call): self = Self.call(call)
        case .aggregation(let aggregation): self = Self.aggregation(aggregation)
        case .binary(let binary): self = Self.binary(binary)
        case .unary(let unary):
            self = .node(
                "unaryExpr",
                ["expr": SyntaxTree(unary.expression), "op": .text(unary.symbol)])
        case .parentheses(let parentheses):
            self = .node("parenExpr", ["expr": SyntaxTree(parentheses.expression)])
        }
    }

    private static func node(_ type: String, _ fields: [String: SyntaxTree]) -> SyntaxTree {
        .object(fields.merging(["type": .text(type)]) { $1 })
    }

    private static func fields(_ selector: VectorSelector) -> [String: SyntaxTree] {
        let matchers = selector.matchers.map {
            SyntaxTree.object([
                "name": .text($0.name), "type": .text($0.operation.rawValue),
                "value": .text($0.value),
            ])
        }
        return fields(selector.modifiers).merging([
            "name": .text(selector.name), "matchers": .list(matchers),
            "anchored": .bool(false), "smoothed": .bool(false),
        ]) { $1 }
    }

    private static func fields(_ modifiers: TimeModifiers) -> [String: SyntaxTree] {
        var fields = span(modifiers.offset, as: "offset")
        fields["timestamp"] = .null
        fields["startOrEnd"] = .null
        switch modifiers.at {
        case .instant(let instant): fields["timestamp"] = .number(Double(instant.milliseconds))
        case .start: fields["startOrEnd"] = .text("start")
        case .end: fields["startOrEnd"] = .text("end")
        case nil: break
        }
        return fields
    }

    /// A literal in milliseconds, anything else as an expression beside 0.
    private static func span(
        _ duration: DurationExpression?, as name: String
    ) -> [String: SyntaxTree] {
        switch duration {
        case nil: [name: .number(0), "\(name)Expr": .null]
        case .literal(let literal):
            [name: .number(Double(literal.milliseconds)), "\(name)Expr": .null]
        case .some(let duration): [name: .number(0), "\(name)Expr": SyntaxTree(duration)]
        }
    }

    private static func call(_ call: Call) -> SyntaxTree {
        let function = Function.named(call.function)
        let variadic: Double =
            switch function?.variadic {
            case .upTo(let times): Double(times)
            case .any: -1
            case .no, nil: 0
            }
        let types = function?.parameters.map { SyntaxTree.text($0.rawValue) } ?? []
        let signature = SyntaxTree.object([
            "name": .text(call.function), "variadic": .number(variadic),
            "argTypes": .list(types), "returnType": .text(function?.result.rawValue ?? ""),
        ])
        return .node("call", ["func": signature, "args": .list(call.arguments.map(Self.init))])
    }

    private static func aggregation(_ aggregation: Aggregation) -> SyntaxTree {
        .node(
            "aggregation",
            [
                "op": .text(aggregation.operation.rawValue),
                "expr": SyntaxTree(aggregation.expression),
                "param": aggregation.parameter.map(Self.init) ?? .null,
                "grouping": .list(aggregation.grouping.map { .text($0) }),
                "without": .bool(aggregation.isWithout),
            ])
    }

    private static func binary(_ binary: BinaryOperation) -> SyntaxTree {
        .node(
            "binaryExpr",
            [
                "op": .text(binary.operation.rawValue), "lhs": SyntaxTree(binary.left),
                "rhs": SyntaxTree(binary.right), "bool": .bool(binary.returnsBool),
                "matching": binary.matching.map(matching) ?? .null,
            ])
    }

    private static func matching(_ matching: VectorMatching) -> SyntaxTree {
        let cardinality =
            switch matching.cardinality {
            case .oneToOne: "one-to-one"
            case .manyToOne: "many-to-one"
            case .oneToMany: "one-to-many"
            case .manyToMany: "many-to-many"
            }
        return .object([
            "card": .text(cardinality), "on": .bool(matching.isOn),
            "labels": .list(matching.labels.map { .text($0) }),
            "include": .list(matching.include.map { .text($0) }),
            "fillValues": .object(["lhs": .null, "rhs": .null]),
        ])
    }
}

extension SyntaxTree {
    private init(_ duration: DurationExpression) {
        switch duration {
        case .literal(let literal):
            self = .node(
                "numberLiteral",
                ["val": .text(literal.inSeconds.prometheus), "duration": .bool(true)])
        case .number(let number):
            self = .node(
                "numberLiteral", ["val": .text(number.prometheus), "duration": .bool(false)])
        case .step: self = .operation("step")
        case .range: self = .operation("range")
        case .negative(let inner): self = .operation("-", nil, inner)
        case .binary(let operation, let left, let right):
            self = .operation(operation.rawValue, left, right)
        case .min(let first, let second): self = .operation("min_of", first, second)
        case .max(let first, let second): self = .operation("max_of", first, second)
        case .parentheses(let inner):
            guard case .object(var fields) = SyntaxTree(inner) else {
                self = .null
                return
            }
            fields["wrapped"] = .bool(true)
            self = .object(fields)
        }
    }

    private static func operation(
        _ name: String, _ left: DurationExpression? = nil, _ right: DurationExpression? = nil
    ) -> SyntaxTree {
        .node(
            "durationExpr",
            [
                "op": .text(name), "lhs": left.map(Self.init) ?? .null,
                "rhs": right.map(Self.init) ?? .null, "wrapped": .bool(false),
            ])
    }
}

extension String {
    /// As it comes out of JSON, which has no place for bytes that are no UTF-8.
    fileprivate var asJSON: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.value > 0x10FF00 ? "\u{FFFD}" : $0 }))
    }
}
