// Expression, description: an expression on one line, as Prometheus prints it.

extension Expression: CustomStringConvertible {
    /// The expression in Prometheus' normal form on one line: `sum by (job) (rate(x{a="b"}[5m]))`.
    package var description: String {
        switch self {
        case .number(let number): number.description
        case .string(let string): string.value.quoted
        case .vector(let selector): selector.text + selector.modifiers.description
        case .range(let range):
            "\(range.selector.text)[\(range.range)]\(range.selector.modifiers)"
        case .subquery(let subquery): subquery.expression.description + subquery.suffix
        case .call(let call):
            "\(call.function)(\(call.arguments.map(\.description).joined(separator: ", ")))"
        case .aggregation(let aggregation):
            "\(aggregation.head)("
                + aggregation.arguments.map(\.description).joined(separator: ", ") + ")"
        case .binary(let binary): binary.description
        case .unary(let unary): "\(unary.symbol)\(unary.expression)"
        case .parentheses(let parentheses): "(\(parentheses.expression))"
        }
    }
}

extension NumberLiteral: CustomStringConvertible {
    package var description: String {
        guard isDuration else { return value.prometheus }
        let sign = value == 0 && value.sign == .minus ? "-" : ""
        return sign + Duration.rounded(value).literal
    }
}

extension VectorSelector {
    /// The selector without its modifiers.
    fileprivate var text: String {
        let shown = matchers.filter {
            $0 != Matcher("__name__", .equal, name) || name.isEmpty
        }
        guard !shown.isEmpty else { return name }
        let texts = shown.map(\.description).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return "\(name){\(texts.joined(separator: ","))}"
    }
}

extension Matcher: CustomStringConvertible {
    package var description: String { "\(name.asLabel)\(operation.rawValue)\(value.quoted)" }
}

extension TimeModifiers: CustomStringConvertible {
    package var description: String {
        let pin: String =
            switch at {
            case .instant(let instant): " @ \(instant.seconds)"
            case .start: " @ start()"
            case .end: " @ end()"
            case nil: ""
            }
        return pin + (offset.map { " offset \($0)" } ?? "")
    }
}

extension Subquery {
    /// What stands behind the expression: `[5m:1m] offset 1h`.
    var suffix: String { "[\(range):\(step?.description ?? "")]\(modifiers)" }
}

extension Aggregation {
    /// The operator and its clause.
    var head: String {
        let labels = grouping.map(\.asLabel).joined(separator: ", ")
        if isWithout { return "\(operation.rawValue) without (\(labels)) " }
        return grouping.isEmpty ? operation.rawValue : "\(operation.rawValue) by (\(labels)) "
    }

    var arguments: [Expression] { (parameter.map { [$0] } ?? []) + [expression] }
}

extension VectorMatching {
    /// ` on (a) group_left (b)`.
    var clause: String {
        guard isOn || !labels.isEmpty || isGrouping else { return "" }
        var clause = " \(isOn ? "on" : "ignoring") (\(Self.list(labels)))"
        if isGrouping {
            let side = cardinality == .manyToOne ? "left" : "right"
            clause += " group_\(side) (\(Self.list(include)))"
        }
        return clause
    }

    private var isGrouping: Bool { cardinality == .manyToOne || cardinality == .oneToMany }

    private static func list(_ labels: [String]) -> String {
        labels.map(\.asLabel).joined(separator: ", ")
    }
}

extension UnaryOperation {
    var symbol: String { isNegation ? "-" : "+" }
}

extension String {
    /// The label's name, quoted where it is more than letters, digits and underscores.
    var asLabel: String {
        let isPlain =
            utf8.first.map { !$0.isDigit } == true
            && utf8.allSatisfy { $0.isLetter || $0.isDigit }
        return isPlain ? self : quoted
    }

    /// Needs no quotation marks: letters, digits, underscores and colons, and no digit first.
    var isPlainMetricName: Bool {
        utf8.first.map { !$0.isDigit } == true
            && utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: ":") }
    }
}
