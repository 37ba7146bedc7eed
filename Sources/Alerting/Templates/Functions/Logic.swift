// Logic: Go's and, or, not and call.

extension TemplateFunction {
    /// `and` and `or` have no bodies: they look at one argument after the other.
    static let logic = [
        Self("and", [.reflected], rest: .reflected, stopsAt: false) { _, _ in .none },
        Self("or", [.reflected], rest: .reflected, stopsAt: true) { _, _ in .none },
        Self("not", [.reflected]) { _, values in .bool(!values[0].isTrue) },
        Self("call", [.reflected], rest: .reflected) { execution, values throws(CallFailure) in
            // No value of a template is a function.
            guard let type = values[0].unwrapped.type else { throw CallFailure("call of nil") }
            let piped = values[0].isText ? values[0].text : "<\(type.name) Value>"
            let source = execution.callee.map { execution.program.sites[$0].source } ?? piped
            throw CallFailure("non-function \(source) of type \(type.name)")
        },
    ]
}
