// TemplateError: a template that cannot be parsed, and an expansion that cannot go on.

/// A template that is refused, in the words of Go's text/template.
package struct TemplateError: Error, Hashable, CustomStringConvertible {
    /// For example `template: __alert_Down:1: unexpected {{end}}`.
    package var description: String
}

/// Why an expansion ended: Go's sentence with the place in the template.
struct ExpansionFailure: Error {
    var message: String
}

/// What a function has against its arguments; the execution adds where it was called.
struct CallFailure: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }

    /// What Go's runtime says of a function that was handed nil.
    static let nilDereference = Self(
        "runtime error: invalid memory address or nil pointer dereference")
}
