// Queries: PromQL from within a template, and what its samples tell.

extension TemplateFunction {
    static let queries = [
        Self("query", [.string]) { execution, values throws(CallFailure) in
            try execution.budget.take(TemplateBudget.query)
            do {
                return .samples(try execution.query(values[0].text))
            } catch {
                throw CallFailure("\(error)")
            }
        },
        Self("first", [.samples]) { _, values throws(CallFailure) in
            guard let first = values[0].list.first else {
                throw CallFailure("first() called on vector with no elements")
            }
            return .sample(first)
        },
        Self("label", [.string, .sample]) { _, values throws(CallFailure) in
            .string(try sample(values[1]).labels[values[0].text] ?? "")
        },
        Self("value", [.sample]) { _, values throws(CallFailure) in
            .float(try sample(values[0]).value)
        },
        Self("strvalue", [.sample]) { _, values throws(CallFailure) in
            .string(try sample(values[0]).labels["__value__"] ?? "")
        },
        Self("sortByLabel", [.string, .samples]) { _, values in
            let label = values[0].text
            // The standard library's sort keeps the order of equals.
            let sorted = values[1].list.sorted {
                ($0.labels[label] ?? "").utf8Precedes($1.labels[label] ?? "")
            }
            return .samples(sorted)
        },
        Self("args", [], rest: .any) { _, values throws(CallFailure) in
            let arguments = TemplateArguments(values)
            guard arguments.depth <= TemplateBudget.argumentDepth else {
                throw CallFailure("arguments stand too deep in each other")
            }
            return .arguments(arguments)
        },
    ]

    private static func sample(
        _ value: TemplateValue
    ) throws(CallFailure) -> TemplateSample {
        guard case .sample(let sample) = value else { throw .nilDereference }
        return sample
    }
}
