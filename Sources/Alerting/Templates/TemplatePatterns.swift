// TemplatePatterns: a template's regular expressions, compiled once.
import Patterns
import Synchronization

/// The expressions that a template's expansions have used, since compiling costs more than matching.
final class TemplatePatterns: Sendable {
    private static let capacity = 32
    private let compiled = Mutex<[String: Result<Pattern, PatternError>]>([:])

    subscript(expression: String) -> Result<Pattern, PatternError> {
        compiled.withLock { compiled in
            if let known = compiled[expression] { return known }
            let result = Result { () throws(PatternError) in
                try Pattern(expression, anyIsNewline: false)
            }
            // Expressions made of labels could go on forever.
            if compiled.count == Self.capacity { compiled.removeAll() }
            compiled[expression] = result
            return result
        }
    }
}
