// Expression, position: where it stands in its text.

extension Expression {
    /// Where the expression stands in its text.
    package var position: Position {
        switch self {
        case .number(let number): number.position
        case .string(let string): string.position
        case .vector(let selector): selector.position
        case .range(let range): range.position
        case .subquery(let subquery): subquery.position
        case .call(let call): call.position
        case .aggregation(let aggregation): aggregation.position
        case .binary(let binary): binary.position
        case .unary(let unary): unary.position
        case .parentheses(let parentheses): parentheses.position
        }
    }
}
