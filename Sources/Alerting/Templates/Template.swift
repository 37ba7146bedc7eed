// Template: a label's or annotation's text in Go's template language, parsed once, expanded often.

/// A text of a rule file with actions like `{{ $labels.instance }}`.
///
/// The language is that of Go's text/template with Prometheus 3.14's functions:
/// <https://pkg.go.dev/text/template>,
/// <https://prometheus.io/docs/prometheus/latest/configuration/template_reference/>.
///
/// Three things differ: there are no complex numbers, where Go prints an address the value is
/// printed, and an expansion that would not end soon is ended (``TemplateBudget``).
package struct Template: Sendable {
    package let text: String
    private let name: String
    /// Nil for a text without actions, which is its own expansion.
    private let program: TemplateProgram?

    /// The variables every rule template has; they count in the columns of error messages.
    private static let prelude =
        "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}"
        + "{{$externalURL := .ExternalURL}}{{$value := .Value}}"

    /// Parses a text.
    ///
    /// - Parameters:
    ///   - text: as written in the rule file.
    ///   - name: its name in messages; in Prometheus it is `__alert_` and the rule's name.
    /// - Throws: ``TemplateError`` where Prometheus refuses the rule file.
    package init(_ text: String, name: String) throws(TemplateError) {
        self.text = text
        self.name = name
        let brace = UInt8(ascii: "{")
        guard zip(text.utf8, text.utf8.dropFirst()).contains(where: { $0 == brace && $1 == brace })
        else {
            program = nil
            return
        }
        program = try TemplateParser.parse(Self.prelude + text, name: name)
    }

    /// The text for one alert.
    ///
    /// A failure does not fail the rule: it becomes the text, as in Prometheus.
    package func expand(_ input: TemplateInput, query: TemplateQuery) -> String {
        guard let program else { return text }
        return withoutActuallyEscaping(query) { query in
            var execution = TemplateExecution(program, input, query: query)
            do throws(ExpansionFailure) {
                try execution.run()
                return execution.output
            } catch {
                return
                    "<error expanding template: error executing template \(name): \(error.message)>"
            }
        }
    }
}
