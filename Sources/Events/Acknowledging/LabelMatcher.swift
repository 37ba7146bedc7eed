// LabelMatcher: one condition on one label, as in Prometheus's selectors and Alertmanager's silences.

/// `name="value"`, `!=`, `=~` or `!~`; a regular expression matches the whole value.
package struct LabelMatcher: Hashable, Codable, Sendable, CustomStringConvertible {
    package var name: String
    package var value: String
    package var isRegex: Bool
    package var isEqual: Bool

    package init(_ name: String, _ value: String, isRegex: Bool = false, isEqual: Bool = true) {
        (self.name, self.value, self.isRegex, self.isEqual) = (name, value, isRegex, isEqual)
    }

    /// One of `=`, `!=`, `=~` and `!~`.
    package var sign: String { (isEqual ? "=" : "!") + (isRegex ? "~" : isEqual ? "" : "=") }

    package var description: String { "\(writtenName)\(sign)\"\(value.escapedInMatcher)\"" }
}
