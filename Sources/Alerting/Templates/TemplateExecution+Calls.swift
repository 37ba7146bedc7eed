// TemplateExecution+Calls: functions called with arguments of the types they take.

/// What a function or method is called with.
struct TemplateCall {
    var arguments: ArraySlice<TemplateOperand> = []
    /// The value piped in, which comes last.
    var final: TemplateValue?
    var dot: TemplateValue
    /// The operand that calls.
    var site: Int

    /// Whether there are no arguments at all.
    var isBare: Bool { arguments.isEmpty && final == nil }
}

extension TemplateExecution {
    mutating func call(
        _ function: TemplateFunction, _ call: TemplateCall, reportedAt place: Int
    ) throws(ExpansionFailure) -> TemplateValue {
        try check(call, against: function)
        if let stops = function.stopsAt { return try shortCircuit(call, stopsAt: stops) }
        var values: [TemplateValue] = []
        for operand in call.arguments {
            let type = function.parameter(values.count)
            values.append(try argument(operand, type, call.dot))
        }
        if let final = call.final {
            values.append(try converted(final, to: function.parameter(values.count)))
        }
        callee = call.arguments.first?.site
        do throws(CallFailure) {
            try budget.take(bytes: values.reduce(0) { $0 + $1.weight })
            let value = try function.body(&self, values)
            try budget.take(bytes: value.weight)
            guard value.weight <= TemplateBudget.longestText else {
                throw CallFailure("the text is longer than \(TemplateBudget.longestText) bytes")
            }
            return value
        } catch {
            site = place
            throw failure("error calling \(function.name): \(error.message)")
        }
    }

    private func check(
        _ call: TemplateCall, against function: TemplateFunction
    ) throws(ExpansionFailure) {
        let fixed = function.parameters.count
        let given = call.arguments.count + (call.final == nil ? 0 : 1)
        if function.rest != nil {
            guard given < fixed else { return }
            throw failure(
                "wrong number of args for \(function.name): "
                    + "want at least \(fixed) got \(call.arguments.count)")
        }
        guard given != fixed else { return }
        throw failure("wrong number of args for \(function.name): want \(fixed) got \(given)")
    }

    /// `and` and `or`: the first value that settles the question, else the last.
    private mutating func shortCircuit(
        _ call: TemplateCall, stopsAt stops: Bool
    ) throws(ExpansionFailure) -> TemplateValue {
        var value = TemplateValue.none
        for operand in call.arguments {
            value = try argument(operand, .reflected, call.dot)
            if value.isTrue == stops { return value }
        }
        return call.final ?? value
    }

    /// An argument's value under the type that is wanted; nil wants no type.
    mutating func argument(
        _ operand: TemplateOperand, _ type: TemplateType?, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> TemplateValue {
        try spend()
        site = operand.site
        switch operand.kind {
        case .dot: return try converted(dot, to: type)
        case .null:
            guard let type, type.canBeNil else {
                throw failure("cannot assign nil to \(type?.name ?? "nil")")
            }
            return type == .any || type == .reflected ? .none : .null(type)
        case .field, .variable, .pipeline, .function, .chain:
            let value = try value(of: operand, dot)
            return try converted(value, to: type)
        case .bool, .number, .string: return try literal(operand.kind, as: type)
        }
    }

    private mutating func value(
        of operand: TemplateOperand, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> TemplateValue {
        let call = TemplateCall(dot: dot, site: operand.site)
        switch operand.kind {
        case .field(let names): return try fields(names, of: dot, call)
        case .variable(let name, let names):
            return try fields(names, of: try variable(name), call)
        case .pipeline(let pipeline): return try evaluate(pipeline, dot)
        case .function(let function):
            return try self.call(function, call, reportedAt: operand.site)
        case .chain(let inner, let names):
            return try fields(names, of: try receiver(inner, operand, dot), call)
        case .dot, .null, .bool, .number, .string: return .none
        }
    }

    private func literal(
        _ kind: TemplateOperand.Kind, as type: TemplateType?
    ) throws(ExpansionFailure) -> TemplateValue {
        switch (type, kind) {
        case (.any, .bool(let value)), (.reflected, .bool(let value)): return .bool(value)
        case (.any, .string(let text, _)), (.reflected, .string(let text, _)): return .string(text)
        case (.any, .number(let number)), (.reflected, .number(let number)):
            return try ideal(number)
        case (.string, .string(let text, _)): return .string(text)
        case (.string, _): throw failure("expected string; found \(kind.source)")
        case (.whole(let whole), .number(let number)):
            guard let integer = number.integer else { fallthrough }
            return .integer(integer, whole)
        case (.whole, _): throw failure("expected integer; found \(kind.source)")
        default:
            let name = type?.name ?? "nil"
            throw failure("can't handle \(kind.source) for arg of type \(name)")
        }
    }

    /// The value under the type wanted, if Go would assign it.
    private func converted(
        _ value: TemplateValue, to type: TemplateType?
    ) throws(ExpansionFailure) -> TemplateValue {
        guard let type else { return value }
        if case .none = value {
            guard type.canBeNil else { throw failure("invalid value; expected \(type.name)") }
            return type == .any || type == .reflected ? .none : .null(type)
        }
        if type == .reflected { return value }
        let inner = value.isNil ? value : value.unwrapped
        guard type != .any else { return value.unwrapped }
        if inner.type == type { return inner }
        if case .pointer(let pointee) = inner, pointee.type == type { return pointee }
        let name = inner.type?.name ?? ""
        throw failure("wrong type for value; expected \(type.name); got \(name)")
    }
}
