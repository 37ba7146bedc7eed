// Printing: Go's print, printf and println.

extension TemplateFunction {
    static let printing = [
        Self("print", [], rest: .any) { execution, values in
            .string(GoPrinter.printed(values, of: execution.input))
        },
        Self("println", [], rest: .any) { execution, values in
            .string(GoPrinter.printedLine(values, of: execution.input))
        },
        Self("printf", [.string], rest: .any) { execution, values in
            .string(
                GoFormat.text(values[0].text, Array(values.dropFirst()), of: execution.input))
        },
    ]
}
