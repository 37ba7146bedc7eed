// RuleFileProblem: what is wrong in a rule file or a file of rule tests.

/// One thing that is wrong, in Prometheus' words where it has some.
package struct RuleFileProblem: Error, Hashable, CustomStringConvertible {
    package var file: String
    /// Where it is; a rule that is two things at once has two places.
    package var places: [Place]
    /// `group "a", rule 1, "b"`; empty outside of rules.
    package var rule: String
    package var message: String
    /// What was probably meant, for people: promtool does not say it.
    package var hints: [String] = []

    init(_ file: String, _ message: String, at places: [Place] = [], rule: String = "") {
        (self.file, self.places, self.rule, self.message) = (file, places, rule, message)
    }

    init(_ error: DocumentError) { self.init(error.file, error.message, at: [error.place]) }

    /// As promtool prints it behind the file's name: `4:17: 5:16: group "a", rule 1, "b": …`.
    package var text: String {
        (places.map { "\($0.line):\($0.column)" } + [rule, message]).filter { !$0.isEmpty }
            .joined(separator: ": ")
    }

    package var description: String { "\(file): \(text)" + hints.map { "\n  \($0)" }.joined() }
}
