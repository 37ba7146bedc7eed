// TypeChecker: whether the parts of an expression fit together.
import Patterns

/// Checks the types in a tree, in Prometheus' order and words.
struct TypeChecker {
    /// The text of the tree: an error at an operator names the operator's place.
    let text: [UInt8]

    /// The type of an expression all of whose parts fit.
    @discardableResult
    func check(_ expression: Expression) throws(Complaint) -> ValueType {
        switch expression {
        case .number: return .scalar
        case .string: return .string
        case .vector(let selector): try check(selector)
        case .range(let range): try check(range.selector)
        case .subquery(let subquery): try check(subquery)
        case .call(let call): try check(call)
        case .aggregation(let aggregation): try check(aggregation)
        case .binary(let binary): return try check(binary)
        case .unary(let unary): return try check(unary)
        case .parentheses(let parentheses): return try check(parentheses.expression)
        }
        return expression.type
    }

    private func check(_ subquery: Subquery) throws(Complaint) {
        let type = try check(subquery.expression)
        guard type == .vector else {
            throw Complaint(
                offset: subquery.position.start,
                message: "subquery is only allowed on instant vector, got \(type) instead")
        }
    }

    private func check(_ unary: UnaryOperation) throws(Complaint) -> ValueType {
        let type = try check(unary.expression)
        guard type == .scalar || type == .vector else {
            throw Complaint(
                offset: unary.position.start,
                message: "unary expression only allowed on expressions of type scalar or instant "
                    + "vector, got \(type.documented.quoted)")
        }
        return type
    }

    private func check(_ aggregation: Aggregation) throws(Complaint) {
        try expect(.vector, aggregation.expression, in: "aggregation expression")
        guard let parameter = aggregation.parameter else { return }
        let wanted: ValueType = aggregation.operation == .countValues ? .string : .scalar
        try expect(wanted, parameter, in: "aggregation parameter")
    }

    func expect(
        _ wanted: ValueType, _ expression: Expression, in context: String
    ) throws(Complaint) {
        let type = try check(expression)
        guard type == wanted else {
            throw Complaint(
                offset: expression.position.start,
                message: "expected type \(wanted.documented) in \(context), got \(type.documented)")
        }
    }

    private func check(_ call: Call) throws(Complaint) {
        guard let function = Function.named(call.function) else { return }
        try checkCount(of: call, function)
        for (place, argument) in call.arguments.enumerated() {
            guard
                let wanted = function.parameters.dropFirst(place).first ?? function.parameters.last
            else { return }
            try expect(wanted, argument, in: "call to function \(function.name.quoted)")
        }
    }

    private func checkCount(of call: Call, _ function: Function) throws(Complaint) {
        let given = call.arguments.count
        let most = function.parameters.count
        let expected: String? =
            switch function.variadic {
            case .no: given == most ? nil : "\(most)"
            case .upTo where given < most - 1, .any where given < most - 1:
                "at least \(most - 1)"
            case .upTo(let times): given > most - 1 + times ? "at most \(most - 1 + times)" : nil
            case .any: nil
            }
        guard let expected else { return }
        throw Complaint(
            offset: call.position.start,
            message: "expected \(expected) argument(s) in call to \(function.name.quoted), "
                + "got \(given)")
    }

    private func check(_ selector: VectorSelector) throws(Complaint) {
        guard selector.name.isEmpty else {
            let second = selector.matchers.dropLast().first { $0.name == "__name__" }
            guard let second else { return }
            throw Complaint(
                offset: selector.position.start,
                message: "metric name must not be set twice: \(selector.name.quoted) or "
                    + second.value.quoted)
        }
        guard selector.matchers.allSatisfy(\.matchesNothing) else { return }
        throw Complaint(
            offset: selector.position.start,
            message: "vector selector must contain at least one non-empty matcher")
    }
}

extension Matcher {
    /// Whether a series without the label matches.
    fileprivate var matchesNothing: Bool {
        switch operation {
        case .equal: value.isEmpty
        case .notEqual: !value.isEmpty
        case .matches: (try? pattern()?.matches("")) ?? false
        case .doesNotMatch: !((try? pattern()?.matches("")) ?? true)
        }
    }
}
