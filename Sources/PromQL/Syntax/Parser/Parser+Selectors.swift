// Parser, selectors: a metric's name and its matchers.
import Patterns

extension Parser {
    /// A selector whose name, if it has one in front, has been read.
    mutating func selector(named name: Token?) throws(Complaint) -> VectorSelector {
        var matchers: [Matcher] = []
        var position = Position(name?.start ?? 0, name?.end ?? 0)
        if let open = try take(.leftBrace) {
            if name == nil { position.start = open.start }
            matchers = try self.matchers()
            position.end = newestClosing
        }
        let text = name.map(lexer.text(of:)) ?? ""
        if name != nil { matchers.append(Matcher("__name__", .equal, text)) }
        return VectorSelector(
            name: text, matchers: matchers, modifiers: TimeModifiers(), position: position)
    }

    /// What stands between the braces, and the closing one.
    private mutating func matchers() throws(Complaint) -> [Matcher] {
        var matchers: [Matcher] = []
        while try take(.rightBrace) == nil {
            matchers.append(try matcher())
            if try take(.comma) == nil {
                try require(.rightBrace, in: .matcherEnd)
                break
            }
        }
        return matchers
    }

    /// `label="value"`, `"label"="value"`, or a metric's name in quotes.
    private mutating func matcher() throws(Complaint) -> Matcher {
        let label = try peek()
        switch label.kind {
        case .identifier:
            try take()
            guard let operation = try matcherOperator() else {
                throw try unexpected(in: .matcherOperator)
            }
            return try matcher(label, lexer.text(of: label), operation)
        case .string:
            let name = lexer.value(of: try take())
            guard let operation = try matcherOperator() else {
                return Matcher("__name__", .equal, name)
            }
            return try matcher(label, name, operation)
        default:
            throw try unexpected(in: .matcher)
        }
    }

    private mutating func matcherOperator() throws(Complaint) -> Matcher.Operator? {
        let operation: Matcher.Operator
        switch try peek().kind {
        case .equals: operation = .equal
        case .binary(.notEqual): operation = .notEqual
        case .matchesRegex: operation = .matches
        case .doesNotMatchRegex: operation = .doesNotMatch
        default: return nil
        }
        try take()
        return operation
    }

    private mutating func matcher(
        _ label: Token, _ name: String, _ operation: Matcher.Operator
    ) throws(Complaint) -> Matcher {
        let value = lexer.value(of: try require(.string, in: .matcherValue))
        let matcher = Matcher(name, operation, value)
        do throws(PatternError) {
            _ = try matcher.pattern()
        } catch {
            throw Complaint(
                offset: label.start, message: error.inGoWords)
        }
        return matcher
    }
}

extension Matcher {
    /// The compiled expression of `=~` and `!~`; nil for the others.
    func pattern() throws(PatternError) -> Pattern? {
        switch operation {
        case .equal, .notEqual: nil
        case .matches, .doesNotMatch: try Pattern(value)
        }
    }
}
