// LabelConditions: matchers as a shell gives them: `service=payment`, `service=~"pay.*"`.
import Events
import WorldModel

extension AlertChoice {
    /// One matcher a word; quotes around the value may stand there, and need not.
    static func matchers(_ words: [String]) throws(Refusal) -> [LabelMatcher] {
        var matchers: [LabelMatcher] = []
        for word in words {
            let name = word.prefix { $0 != "=" && $0 != "!" }
            let rest = word[name.endIndex...]
            let signs = ["=~", "!~", "!=", "="]
            guard !name.isEmpty, let sign = signs.first(where: rest.hasPrefix) else {
                throw Refusal(
                    "\(word) is no matcher; write LABEL=VALUE, or with !=, =~ or !~", .usage)
            }
            var value = rest.dropFirst(sign.count)
            if value.count >= 2, value.first == "\"", value.last == "\"" {
                value = value.dropFirst().dropLast()
            }
            matchers.append(
                LabelMatcher(
                    String(name), String(value), isRegex: sign.hasSuffix("~"),
                    isEqual: !sign.hasPrefix("!")))
        }
        return matchers
    }

    static func set(_ matchers: [LabelMatcher]) throws(Refusal) -> MatcherSet {
        do {
            return try MatcherSet(matchers)
        } catch {
            throw Refusal("a matcher is no regular expression: \(error)", .usage)
        }
    }

    static func conditions(_ words: ArraySlice<String>) throws(Refusal) -> MatcherSet {
        try set(try matchers(Array(words)))
    }
}
