// MatcherSet, words: the matchers that a command line gives, read and compiled.
import Events
import WorldModel

extension MatcherSet {
    /// Each word is a matcher, or several with commas between them; all of them hold.
    init(words: some Collection<String>) throws(Refusal) {
        var matchers: [LabelMatcher] = []
        do {
            for word in words { matchers += try MatcherSet(parsing: word).matchers }
            try self.init(matchers)
        } catch {
            throw Refusal("\(error)", .usage)
        }
    }
}
