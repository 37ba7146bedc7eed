// TemplateExecution+Pipelines: values of pipelines, commands and fields.

extension TemplateExecution {
    mutating func evaluate(
        _ pipeline: TemplatePipeline, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> TemplateValue {
        try descend()
        defer { ascend() }
        site = pipeline.site
        var value: TemplateValue?
        for command in pipeline.commands {
            try spend()
            value = try evaluate(command, dot, final: value).unwrapped
        }
        let result = value ?? .none
        for variable in pipeline.variables {
            if pipeline.assigns {
                try assign(variable, result)
            } else {
                declare(variable, result)
            }
        }
        return result
    }

    /// The command's value; `final` is the value piped into it, its last argument.
    private mutating func evaluate(
        _ command: TemplateCommand, _ dot: TemplateValue, final: TemplateValue?
    ) throws(ExpansionFailure) -> TemplateValue {
        guard let first = command.operands.first else { return .none }
        let call = TemplateCall(
            arguments: command.operands.dropFirst(), final: final, dot: dot, site: first.site)
        switch first.kind {
        case .function(let function):
            site = first.site
            return try self.call(function, call, reportedAt: command.site)
        case .field(let names):
            site = first.site
            return try fields(names, of: dot, call)
        case .chain(let operand, let names):
            site = first.site
            return try fields(names, of: try receiver(operand, first, dot), call)
        case .variable(let name, let names):
            site = first.site
            let value = try variable(name)
            if names.isEmpty { try refuseArguments(of: call, to: first) }
            return try fields(names, of: value, call)
        case .pipeline(let pipeline):
            try refuseArguments(of: call, to: first)
            return try evaluate(pipeline, dot)
        case .dot, .null, .bool, .number, .string:
            site = first.site
            try refuseArguments(of: call, to: first)
            return try constant(first.kind, dot)
        }
    }

    private func refuseArguments(
        of call: TemplateCall, to operand: TemplateOperand
    ) throws(ExpansionFailure) {
        guard call.isBare else {
            throw failure("can't give argument to non-function \(operand.kind.source)")
        }
    }

    private func constant(
        _ kind: TemplateOperand.Kind, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> TemplateValue {
        switch kind {
        case .dot: return dot
        case .bool(let value): return .bool(value)
        case .number(let number): return try ideal(number)
        case .string(let text, _): return .string(text)
        case .null: throw failure("nil is not a command")
        case .function, .field, .variable, .chain, .pipeline: return .none
        }
    }

    /// The number under the type that its form suggests.
    func ideal(_ number: TemplateNumber) throws(ExpansionFailure) -> TemplateValue {
        if number.isFloatByForm { return .float(number.float) }
        guard let integer = number.integer else {
            throw failure("\(number.literal) overflows int")
        }
        return .integer(integer, .int)
    }

    /// What the fields of a chain are taken of.
    mutating func receiver(
        _ operand: TemplateOperand, _ chain: TemplateOperand, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> TemplateValue {
        if case .null = operand.kind {
            throw failure("indirection through explicit nil in \(chain.kind.source)")
        }
        return try argument(operand, nil, dot)
    }

    /// Follows the fields; the last one, where it is a method, takes the arguments.
    mutating func fields(
        _ names: [String], of receiver: TemplateValue, _ call: TemplateCall
    ) throws(ExpansionFailure) -> TemplateValue {
        var value = receiver
        for (index, name) in names.enumerated() {
            let isLast = index == names.count - 1
            let own = isLast ? call : TemplateCall(dot: call.dot, site: call.site)
            value = try field(name, of: value, own)
        }
        return value
    }

    private mutating func field(
        _ name: String, of receiver: TemplateValue, _ call: TemplateCall
    ) throws(ExpansionFailure) -> TemplateValue {
        try spend()
        guard let type = receiver.type else { return .none }
        if case .any(.none) = receiver {
            throw failure("nil pointer evaluating \(type.name).\(name)")
        }
        let value = receiver.unwrapped
        if let method = TemplateFunction.method(name, of: value) {
            return try self.call(method, call, reportedAt: call.site)
        }
        switch value {
        case .labels, .arguments:
            guard call.isBare else { throw failure("\(name) is not a method but has arguments") }
            return value.element(name)
        case .alert, .sample:
            guard let field = value.field(name, of: input) else { break }
            guard call.isBare else {
                throw failure("\(name) has arguments but cannot be invoked as function")
            }
            return field
        default: break
        }
        throw failure("can't evaluate field \(name) in type \(type.name)")
    }
}

extension TemplateValue {
    /// A map's element; where there is none, the zero of the elements' type.
    func element(_ key: String) -> Self {
        switch self {
        case .labels(let labels): .string(labels[key] ?? "")
        case .arguments(let arguments): .any(arguments.values[key] ?? .none)
        default: .none
        }
    }

    /// A field of the alert's data or of a sample.
    func field(_ name: String, of input: TemplateInput) -> Self? {
        switch (self, name) {
        case (.alert, "Labels"): .labels(input.labels)
        case (.alert, "ExternalLabels"): .labels(input.externalLabels)
        case (.alert, "ExternalURL"): .string(input.externalURL)
        case (.alert, "Value"): .any(.float(input.value))
        case (.sample(let sample), "Labels"): .labels(sample.labels)
        case (.sample(let sample), "Value"): .float(sample.value)
        default: nil
        }
    }
}
