// TemplateExecution: one expansion of a template: its statements carried out.

/// Carries out a program for one alert; the same input gives the same text.
///
/// The rules and the sentences are those of Go's text/template, with two limits of our own: on the
/// steps and on the text (``TemplateBudget``).
struct TemplateExecution {
    let program: TemplateProgram
    let input: TemplateInput
    let query: TemplateQuery
    private(set) var output = ""
    var budget = TemplateBudget()
    /// Where an error would be reported: the part looked at last.
    var site = 0
    /// The first argument of the function being called.
    var callee: Int?
    private var variables: [(name: String, value: TemplateValue)]
    private var templateName: String
    private var depth = 0

    /// How a list of statements ended.
    private enum Outcome {
        case done
        case `break`
        case `continue`
    }

    init(_ program: TemplateProgram, _ input: TemplateInput, query: @escaping TemplateQuery) {
        self.program = program
        self.input = input
        self.query = query
        templateName = program.name
        variables = [("$", .alert)]
    }

    mutating func run() throws(ExpansionFailure) {
        _ = try walk(program.body, .alert)
    }

    private mutating func walk(
        _ statements: [TemplateStatement], _ dot: TemplateValue
    ) throws(ExpansionFailure) -> Outcome {
        try descend()
        defer { depth -= 1 }
        for statement in statements {
            let outcome = try walk(statement, dot)
            guard outcome == .done else { return outcome }
        }
        return .done
    }

    private mutating func walk(
        _ statement: TemplateStatement, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> Outcome {
        try spend()
        switch statement {
        case .text(let text): try write(text)
        case .action(let pipeline, let site):
            self.site = site
            let value = try evaluate(pipeline, dot)
            if pipeline.variables.isEmpty { try print(value, site) }
        case .choice(let branch): return try walk(branch, dot, setsDot: false)
        case .with(let branch): return try walk(branch, dot, setsDot: true)
        case .range(let branch): return try loop(branch, dot)
        case .invocation(let name, let pipeline, let site):
            try invoke(name, pipeline, site, dot)
        case .break: return .break
        case .continue: return .continue
        }
        return .done
    }

    private mutating func walk(
        _ branch: TemplateBranch, _ dot: TemplateValue, setsDot: Bool
    ) throws(ExpansionFailure) -> Outcome {
        let visible = variables.count
        defer { forget(to: visible) }
        let value = try evaluate(branch.pipeline, dot)
        guard value.isTrue else { return try walk(branch.otherwise, dot) }
        return try walk(branch.body, setsDot ? value : dot)
    }

    private mutating func invoke(
        _ name: String, _ pipeline: TemplatePipeline?, _ site: Int, _ dot: TemplateValue
    ) throws(ExpansionFailure) {
        self.site = site
        let definition = program.definitions[name] ?? (name == program.name ? program.body : nil)
        guard let definition else {
            throw failure("template \(GoLiteral.quoted(name)) not defined")
        }
        let argument = try pipeline.map { (pipeline) throws(ExpansionFailure) in
            try evaluate(pipeline, dot)
        }
        // A template sees none of its caller's variables.
        let outer = (variables, templateName)
        defer { (variables, templateName) = outer }
        variables = [("$", argument ?? .none)]
        templateName = name
        _ = try walk(definition, argument ?? .none)
    }

    private mutating func print(_ value: TemplateValue, _ site: Int) throws(ExpansionFailure) {
        self.site = site
        // Most actions print a text.
        if case .string(let text) = value { return try write(text) }
        try write(GoPrinter.shown([value], of: input))
    }

    private mutating func write(_ text: String) throws(ExpansionFailure) {
        guard output.utf8.count + text.utf8.count <= TemplateBudget.longestText else {
            throw failure("the text is longer than \(TemplateBudget.longestText) bytes")
        }
        output += text
    }
}

extension TemplateExecution {
    private mutating func loop(
        _ branch: TemplateBranch, _ dot: TemplateValue
    ) throws(ExpansionFailure) -> Outcome {
        let visible = variables.count
        defer { forget(to: visible) }
        let value = try evaluate(branch.pipeline, dot).pointee
        switch value {
        case .none, .null: break
        case .integer(let count, let kind):
            guard branch.pipeline.variables.count < 2 else {
                let number = GoPrinter.shown([value], of: input)
                throw failure("can't use \(number) to iterate over more than one variable")
            }
            guard count > 0 else { break }
            return try iterate(branch, (0..<count).lazy.map { (.none, .integer($0, kind)) })
        case .samples(let samples) where !samples.isEmpty:
            return try iterate(branch, samples.enumerated().lazy.map { (.int($0), .sample($1)) })
        case .labels(let labels) where !labels.isEmpty:
            let sorted = labels.sorted { $0.key.utf8Precedes($1.key) }
            return try iterate(branch, sorted.lazy.map { (.string($0.key), .string($0.value)) })
        case .arguments(let arguments) where value.isTrue:
            let sorted = arguments.values.sorted { $0.key.utf8Precedes($1.key) }
            return try iterate(branch, sorted.lazy.map { (.string($0.key), .any($0.value)) })
        case .samples, .labels, .arguments: break
        case .bool, .float, .string, .html, .sample, .time, .pointer, .alert, .any:
            throw failure("range can't iterate over \(GoPrinter.shown([value], of: input))")
        }
        let outcome = try walk(branch.otherwise, dot)
        // Go's loop takes a break in its else for its own.
        return outcome == .break ? .done : outcome
    }

    private mutating func iterate(
        _ branch: TemplateBranch, _ elements: some Sequence<(TemplateValue, TemplateValue)>
    ) throws(ExpansionFailure) -> Outcome {
        let visible = variables.count
        for (index, element) in elements {
            try spend()
            try bind(branch.pipeline, index, element)
            let outcome = try walk(branch.body, element)
            forget(to: visible)
            if outcome == .break { break }
        }
        return .done
    }

    /// Gives the loop's variables this round's values: the last takes the element.
    private mutating func bind(
        _ pipeline: TemplatePipeline, _ index: TemplateValue, _ element: TemplateValue
    ) throws(ExpansionFailure) {
        let values = pipeline.variables.count > 1 ? [index, element] : [element]
        for (offset, (name, value)) in zip(pipeline.variables, values).enumerated() {
            if pipeline.assigns {
                try assign(name, value)
            } else {
                // The pipeline has pushed them last.
                variables[variables.count - pipeline.variables.count + offset].value = value
            }
        }
    }

    mutating func declare(_ name: String, _ value: TemplateValue) {
        variables.append((name, value))
    }

    mutating func assign(_ name: String, _ value: TemplateValue) throws(ExpansionFailure) {
        guard let index = variables.lastIndex(where: { $0.name == name }) else {
            throw failure("undefined variable: \(name)")
        }
        variables[index].value = value
    }

    func variable(_ name: String) throws(ExpansionFailure) -> TemplateValue {
        guard let index = variables.lastIndex(where: { $0.name == name }) else {
            throw failure("undefined variable: \(name)")
        }
        return variables[index].value
    }

    private mutating func forget(to count: Int) {
        variables.removeLast(max(0, variables.count - count))
    }

    /// Goes one level deeper; whoever calls this comes back up.
    mutating func descend() throws(ExpansionFailure) {
        guard depth < TemplateBudget.maximumDepth else {
            throw failure("exceeded maximum template depth (\(TemplateBudget.maximumDepth))")
        }
        depth += 1
    }

    mutating func ascend() {
        depth -= 1
    }

    mutating func spend() throws(ExpansionFailure) {
        do throws(CallFailure) {
            try budget.take()
        } catch {
            throw failure(error.message)
        }
    }

    func failure(_ reason: String) -> ExpansionFailure {
        program.failure(at: site, in: templateName, reason)
    }
}

extension String {
    /// Whether this text comes first in the order of its bytes, which is Go's.
    func utf8Precedes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }
}
