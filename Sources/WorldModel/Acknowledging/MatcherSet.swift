// MatcherSet: the conditions of one mute, compiled once.
package import Events
package import Patterns

package struct MatcherSet: Sendable {
    package let matchers: [LabelMatcher]
    /// One for each matcher; nil where it is no regular expression.
    private let patterns: [Pattern?]

    package init(_ matchers: [LabelMatcher]) throws(PatternError) {
        var patterns: [Pattern?] = []
        for matcher in matchers {
            patterns.append(matcher.isRegex ? try Pattern(matcher.value) : nil)
        }
        (self.matchers, self.patterns) = (matchers, patterns)
    }

    /// Reads and compiles what people type: ``LabelMatcher/parse(_:)``.
    package init(parsing text: String) throws(MatcherError) {
        let matchers = try LabelMatcher.parse(text)
        do {
            try self.init(matchers)
        } catch {
            throw MatcherError(text: text, reason: error.description)
        }
    }

    /// Whether all of them hold; an absent label is an empty one.
    package func matches(_ labels: Labels) -> Bool {
        !matchers.isEmpty
            && zip(matchers, patterns).allSatisfy { matcher, pattern in
                let value = labels[matcher.name]
                let isAlike = pattern?.matches(value) ?? (value == matcher.value)
                return isAlike == matcher.isEqual
            }
    }
}
