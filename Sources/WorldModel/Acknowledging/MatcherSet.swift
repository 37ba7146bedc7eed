// MatcherSet: the conditions of one mute, compiled once.
package import Events
package import Patterns

package struct MatcherSet: Sendable {
    private let matchers: [(matcher: LabelMatcher, pattern: Pattern?)]

    package init(_ matchers: [LabelMatcher]) throws(PatternError) {
        var compiled: [(matcher: LabelMatcher, pattern: Pattern?)] = []
        for matcher in matchers {
            compiled.append((matcher, matcher.isRegex ? try Pattern(matcher.value) : nil))
        }
        self.matchers = compiled
    }

    /// Whether all of them hold; an absent label is an empty one.
    package func matches(_ labels: Labels) -> Bool {
        !matchers.isEmpty
            && matchers.allSatisfy { matcher, pattern in
                let value = labels[matcher.name]
                let isAlike = pattern?.matches(value) ?? (value == matcher.value)
                return isAlike == matcher.isEqual
            }
    }
}
