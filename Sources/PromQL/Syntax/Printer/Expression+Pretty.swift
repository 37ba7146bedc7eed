// Expression, pretty: a long expression on many lines, as Prometheus formats it.

extension Expression {
    /// The expression in lines of up to 100 bytes where it can be parted so.
    ///
    /// An expression that fits stays on one line; a longer one gives each of its parts lines of
    /// their own, two spaces further in. Formatting again changes nothing.
    package var pretty: String { pretty(level: 0) }

    private static let widest = 100

    func pretty(level: Int) -> String {
        let indent = String(repeating: "  ", count: level)
        let line = description
        if line.utf8.count <= Self.widest { return isIndented ? indent + line : line }
        switch self {
        case .number, .string, .vector, .range: return indent + line
        case .subquery(let subquery):
            return subquery.expression.pretty(level: level) + subquery.suffix
        case .call(let call):
            return indent + call.function + Self.block(call.arguments, level)
        case .aggregation(let aggregation):
            return indent + aggregation.head + Self.block(aggregation.arguments, level)
        case .binary(let binary):
            return binary.pretty(level: level, within: Self.widest)
        case .unary(let unary):
            let inner = unary.expression.pretty(level: level)
            return indent + unary.symbol + inner.drop { $0 == " " }
        case .parentheses(let parentheses):
            return indent + Self.block([parentheses.expression], level)
        }
    }

    /// Prometheus does not indent a short subquery.
    private var isIndented: Bool {
        if case .subquery = self { return false }
        return true
    }

    /// Parts between parentheses, each on lines of its own.
    private static func block(_ parts: [Expression], _ level: Int) -> String {
        let lines = parts.map { $0.pretty(level: level + 1) }.joined(separator: ",\n")
        return "(\n\(lines)\n\(String(repeating: "  ", count: level)))"
    }
}
