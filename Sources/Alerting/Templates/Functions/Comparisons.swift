// Comparisons: Go's eq, ne, lt, le, gt and ge.

extension TemplateFunction {
    static let comparisons = [
        Self("eq", [.reflected], rest: .reflected) { execution, values throws(CallFailure) in
            guard values.count > 1 else { throw CallFailure("missing argument for comparison") }
            for other in values.dropFirst()
            where try equal(values[0], other, execution.input) {
                return .bool(true)
            }
            return .bool(false)
        },
        Self("ne", [.reflected, .reflected]) { execution, values throws(CallFailure) in
            .bool(try !equal(values[0], values[1], execution.input))
        },
        Self("lt", [.reflected, .reflected]) { _, values throws(CallFailure) in
            .bool(try less(values[0], values[1]))
        },
        Self("le", [.reflected, .reflected]) { execution, values throws(CallFailure) in
            .bool(try lessOrEqual(values[0], values[1], execution.input))
        },
        Self("gt", [.reflected, .reflected]) { execution, values throws(CallFailure) in
            .bool(try !lessOrEqual(values[0], values[1], execution.input))
        },
        Self("ge", [.reflected, .reflected]) { _, values throws(CallFailure) in
            .bool(try !less(values[0], values[1]))
        },
    ]

    /// Values that Go compares; whole numbers of different types are one kind.
    private enum Basic {
        case bool(Bool)
        case integer(Int64)
        case float(Double)
        case string(String)

        init?(_ value: TemplateValue) {
            switch value {
            case .bool(let value): self = .bool(value)
            case .integer(let value, _): self = .integer(value)
            case .float(let value): self = .float(value)
            case .string(let text), .html(let text): self = .string(text)
            default: return nil
            }
        }
    }

    private static func equal(
        _ first: TemplateValue, _ second: TemplateValue, _ input: TemplateInput
    ) throws(CallFailure) -> Bool {
        let (first, second) = (first.unwrapped, second.unwrapped)
        switch (Basic(first), Basic(second)) {
        case (.bool(let first), .bool(let second)): return first == second
        case (.integer(let first), .integer(let second)): return first == second
        case (.float(let first), .float(let second)): return first == second
        case (.string(let first), .string(let second)):
            return first.utf8.elementsEqual(second.utf8)
        case (nil, nil): return try identical(first, second, input)
        default:
            if case .none = first { return false }
            if case .none = second { return false }
            throw incompatible(first, second)
        }
    }

    /// Equality of what has no order: pointers and moments; of maps and lists only with nil.
    private static func identical(
        _ first: TemplateValue, _ second: TemplateValue, _ input: TemplateInput
    ) throws(CallFailure) -> Bool {
        if first.isNil || second.isNil { return first.isNil && second.isNil }
        switch (first, second) {
        case (.sample(let first), .sample(let second)): return first == second
        case (.time(let first), .time(let second)): return first == second
        case (.pointer(let first), .pointer(let second)):
            if case (.time(let first), .time(let second)) = (first, second) {
                return first == second
            }
            return false
        case (.sample, .pointer), (.pointer, .sample): return false
        case (.alert, .alert), (.labels, .labels), (.labels, .arguments), (.arguments, .labels),
            (.arguments, .arguments), (.samples, .samples):
            let shown = GoFormat.text("%s: %T", [second, second], of: input)
            throw CallFailure("non-comparable type \(shown)")
        default:
            let shown = GoFormat.text("%s: %T, %T: %v", [first, first, second, second], of: input)
            throw CallFailure("non-comparable types \(shown)")
        }
    }

    private static func less(
        _ first: TemplateValue, _ second: TemplateValue
    ) throws(CallFailure) -> Bool {
        let (first, second) = (first.unwrapped, second.unwrapped)
        switch (Basic(first), Basic(second)) {
        case (nil, _), (_, nil), (.bool, .bool):
            throw CallFailure("invalid type for comparison")
        case (.integer(let first), .integer(let second)): return first < second
        case (.float(let first), .float(let second)): return first < second
        case (.string(let first), .string(let second)): return first.utf8Precedes(second)
        default: throw incompatible(first, second)
        }
    }

    private static func lessOrEqual(
        _ first: TemplateValue, _ second: TemplateValue, _ input: TemplateInput
    ) throws(CallFailure) -> Bool {
        if try less(first, second) { return true }
        return try equal(first, second, input)
    }

    private static func incompatible(
        _ first: TemplateValue, _ second: TemplateValue
    ) -> CallFailure {
        let types = [first, second].map { $0.type?.name ?? "" }
        return CallFailure("incompatible types for comparison: \(types[0]) and \(types[1])")
    }
}
