// BinaryOperation, description: operators in a row, on one line or on many.

extension BinaryOperation: CustomStringConvertible {
    package var description: String {
        var text = ""
        var (operand, last) = (first.description, first)
        for link in links {
            text += last.fit(operand, before: link.operation) + " \(link.symbol) "
            (operand, last) = (link.right.description, link.right)
        }
        return text + operand
    }

    /// Each operator on a line of its own, and its sides further in.
    ///
    /// A left side that fits stays on one line.
    func pretty(level: Int, within width: Int) -> String {
        let (row, links) = (row, links)
        let short = row.prefix { $0.description.utf8.count <= width }
        let start = level + row.count - short.count
        var text = ""
        var (operand, last) = (first.pretty(level: start), first)
        if let line = short.last {
            let indent = String(repeating: "  ", count: start)
            (operand, last) = (indent + line.description, line.right)
        }
        for (place, link) in links.enumerated().dropFirst(short.count) {
            let level = level + row.count - 1 - place
            let indent = String(repeating: "  ", count: level)
            text += last.fit(operand, before: link.operation) + "\n\(indent)\(link.symbol)\n"
            (operand, last) = (link.right.pretty(level: level + 1), link.right)
        }
        return text + operand
    }
}

extension BinaryOperation.Link {
    /// The operator with what stands behind it.
    var symbol: String {
        operation.rawValue + (returnsBool ? " bool" : "") + (matching?.clause ?? "")
    }
}

extension Expression {
    /// Its text, changed where it would read differently in front of the operator.
    ///
    /// `+Inf ^ x` is `+(Inf ^ x)`, and `x offset (1m) + 1` is shifted by `(1m) + 1`; behind a sign
    /// the offset ends with its parentheses.
    fileprivate func fit(_ text: String, before operation: BinaryOperator) -> String {
        if operation == .power, case .number = self {
            return text.replacing("+Inf", with: "Inf")
        }
        guard operation.isArithmetic, endsInParenthesizedOffset,
            let offset = text.ranges(of: " offset (").last
        else { return text }
        return text[..<offset.lowerBound] + " offset +(" + text[offset.upperBound...]
    }

    /// Whether the last thing printed is an offset in parentheses.
    private var endsInParenthesizedOffset: Bool {
        switch self {
        case .vector(let selector):
            if case .parentheses = selector.modifiers.offset { true } else { false }
        case .binary(let binary): binary.right.endsInParenthesizedOffset
        case .unary(let unary): unary.expression.endsInParenthesizedOffset
        default: false
        }
    }
}
