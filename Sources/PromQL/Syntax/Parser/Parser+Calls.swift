// Parser, calls: functions and what they are called with.

extension Parser {
    mutating func call(_ name: Token) throws(Complaint) -> Call {
        let arguments = try arguments()
        let text = lexer.text(of: name)
        guard let function = Function.named(text) else {
            throw Complaint(
                offset: name.start, message: "unknown function with name \(text.quoted)")
        }
        guard !function.isExperimental else {
            throw Complaint(
                offset: name.start, message: "function \(text.quoted) is not enabled")
        }
        return Call(
            function: text, arguments: arguments, position: Position(name.start, newestClosing))
    }

    /// `(…, …)`; afterwards the height is that of the call.
    mutating func arguments() throws(Complaint) -> [Expression] {
        try require(.leftParenthesis)
        var arguments: [Expression] = []
        var tallest = 0
        while try take(.rightParenthesis) == nil {
            arguments.append(try expression())
            tallest = max(tallest, height)
            guard let comma = try take(.comma) else {
                try require(.rightParenthesis)
                break
            }
            guard try startsExpression() else {
                throw Complaint(
                    offset: comma.start,
                    message: "trailing commas not allowed in function call args")
            }
        }
        height = tallest
        try grow()
        return arguments
    }

    /// Whether the next word can be the first of an expression.
    mutating func startsExpression() throws(Complaint) -> Bool {
        switch try peek().kind {
        case .number, .duration, .string, .leftParenthesis, .leftBrace: true
        case .binary(.add), .binary(.subtract): true
        case let kind: kind.canNameMetric
        }
    }
}
