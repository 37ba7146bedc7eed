// Expression, parsing: a text to a checked tree.

extension Expression {
    /// Reads and checks an expression.
    ///
    /// - Throws: the first error as Prometheus 3.14 gives it at its default flags. A text that is
    ///   too long or nested too deeply is refused, too.
    package static func parse(_ text: String) throws(ParseError) -> Expression {
        var parser = Parser(text)
        do throws(Complaint) {
            let expression = try parser.wholeExpression()
            try TypeChecker(text: parser.lexer.text).check(expression)
            return expression
        } catch {
            throw error.placed(in: parser.lexer.text)
        }
    }
}

extension Parser {
    /// The expression that is the whole text.
    mutating func wholeExpression() throws(Complaint) -> Expression {
        guard lexer.text.count <= Self.longest else {
            throw Complaint(offset: 0, message: "expression is longer than \(Self.longest) bytes")
        }
        if try peek().kind == .endOfInput {
            throw Complaint(offset: 0, message: "no expression found in input")
        }
        let expression = try expression()
        try require(.endOfInput)
        return expression
    }
}
