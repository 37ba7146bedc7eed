// LabelMatcher, parsing: matchers as people type them.

extension LabelMatcher {
    /// Reads one matcher, or several with commas between, in braces or not: `a=b`, `{a!="b", c=~"d|e"}`.
    ///
    /// What Alertmanager's UTF-8 mode accepts means the same here. Beyond it, a value that lost its
    /// quotes to a shell may hold spaces, backslashes and pairs of braces, or nothing at all; and in
    /// quotes a backslash before a letter stands for itself, so that `"\d+"` need not be doubled. As
    /// Alertmanager does not, we refuse what would hold for every alert: no matcher, or no name.
    ///
    /// Whether a regular expression is one, `MatcherSet` finds out.
    package static func parse(_ text: String) throws(MatcherError) -> [LabelMatcher] {
        var parser = MatcherParser(text)
        return try parser.list()
    }

    /// The name as the notation writes it: in quotes where it holds signs of the notation.
    var writtenName: String {
        let isPlain = !name.isEmpty && name.unicodeScalars.allSatisfy(\.isPlainInMatcher)
        return isPlain ? name : "\"\(name.escapedInMatcher)\""
    }
}

extension Unicode.Scalar {
    /// Whether it may stand in a name without quotes.
    var isPlainInMatcher: Bool {
        !properties.isWhitespace && !"{}!=~,\\\"'`".unicodeScalars.contains(self)
    }
}

extension String {
    /// As it stands between quotes.
    var escapedInMatcher: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
