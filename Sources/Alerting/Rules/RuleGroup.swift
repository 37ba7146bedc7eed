// RuleGroup: rules that are evaluated one after the other, at one moment.

/// A group of a rule file.
package struct RuleGroup: Hashable, Sendable {
    package var name: String
    package var file: String
    /// How often it is evaluated; nil where the file leaves it to the configuration.
    package var interval: Duration?
    /// How many alerts or series one rule may make; any number where it is not above 0.
    package var limit: Int
    /// How far in the past expressions are evaluated, and their series written.
    package var queryOffset: Duration
    /// The engine that evaluates it instead of us: a key of clawtop's own.
    package var source: String?
    package var rules: [Rule]

    package init(
        name: String, file: String, interval: Duration? = nil, limit: Int = 0,
        queryOffset: Duration = .zero, source: String? = nil, rules: [Rule]
    ) {
        (self.name, self.file, self.interval, self.limit) = (name, file, interval, limit)
        (self.queryOffset, self.source, self.rules) = (queryOffset, source, rules)
    }
}
