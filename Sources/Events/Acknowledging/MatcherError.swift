// MatcherError: why a text is no list of matchers, and where in it.

package struct MatcherError: Error, Hashable, CustomStringConvertible {
    package var text: String
    /// Counts characters from 1; nil where the whole of it is meant.
    package var column: Int?
    package var reason: String

    package init(text: String, column: Int? = nil, reason: String) {
        (self.text, self.column, self.reason) = (text, column, reason)
    }

    package var description: String {
        let place = column.map { ", column \($0)" } ?? ""
        return "matcher \(text)\(place): \(reason)"
    }
}
