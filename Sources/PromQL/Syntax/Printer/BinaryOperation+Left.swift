// BinaryOperation, left: a left side that would swallow the operator behind it.

extension BinaryOperation {
    /// The left side as printed, changed where it would read differently in front of the operator.
    ///
    /// `+Inf ^ x` is `+(Inf ^ x)`, and `x offset (1m) + 1` is shifted by `(1m) + 1`; behind a sign
    /// the offset ends with its parentheses.
    func fit(left text: String) -> String {
        if operation == .power, case .number = left {
            return text.replacing("+Inf", with: "Inf")
        }
        guard operation.isArithmetic, left.endsInParenthesizedOffset,
            let offset = text.ranges(of: " offset (").last
        else { return text }
        return text[..<offset.lowerBound] + " offset +(" + text[offset.upperBound...]
    }
}

extension Expression {
    /// Whether the last thing printed is an offset in parentheses.
    fileprivate var endsInParenthesizedOffset: Bool {
        switch self {
        case .vector(let selector):
            if case .parentheses = selector.modifiers.offset { true } else { false }
        case .binary(let binary): binary.right.endsInParenthesizedOffset
        case .unary(let unary): unary.expression.endsInParenthesizedOffset
        default: false
        }
    }
}
