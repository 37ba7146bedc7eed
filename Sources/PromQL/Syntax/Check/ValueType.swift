// ValueType: what an expression's value is.

package enum ValueType: String, Hashable, Sendable {
    case scalar, string, vector, matrix

    /// The name that documentation and errors use.
    package var documented: String {
        switch self {
        case .scalar: "scalar"
        case .string: "string"
        case .vector: "instant vector"
        case .matrix: "range vector"
        }
    }
}

extension Expression {
    package var type: ValueType {
        switch self {
        case .number: .scalar
        case .string: .string
        case .vector, .aggregation: .vector
        case .range, .subquery: .matrix
        case .call(let call): Function.named(call.function)?.result ?? .vector
        case .binary(let binary): binary.type
        case .unary(let unary): unary.expression.type
        case .parentheses(let parentheses): parentheses.expression.type
        }
    }
}
