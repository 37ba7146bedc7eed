// TemplatePatterns: a template's regular expressions, compiled once.
import Patterns
import Synchronization

/// The expressions that a template has used, since compiling costs more than matching.
final class TemplatePatterns: Sendable {
    private static let capacity = 32
    private let compiled = Mutex<[String: Result<Pattern, PatternError>]>([:])

    /// The expression as compiled before; nil where it is new.
    func known(_ expression: String) -> Result<Pattern, PatternError>? {
        compiled.withLock { $0[expression] }
    }

    func compile(_ expression: String) -> Result<Pattern, PatternError> {
        let result = Result { () throws(PatternError) in
            try Pattern(expression, anyIsNewline: false)
        }
        compiled.withLock { compiled in
            // Expressions made of labels could go on forever.
            if compiled.count == Self.capacity { compiled.removeAll() }
            compiled[expression] = result
        }
        return result
    }
}

extension TemplateExecution {
    mutating func pattern(
        _ expression: String
    ) throws(CallFailure) -> Result<Pattern, PatternError> {
        if let known = program.patterns.known(expression) { return known }
        try budget.take(TemplateBudget.compilation)
        return program.patterns.compile(expression)
    }
}
