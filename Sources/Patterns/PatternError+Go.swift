// PatternError+Go: RE2's complaints in the words of Go's regexp package, which rule authors know.

extension PatternError {
    /// The reason as Go words it: "error parsing regexp: missing closing ): `a(b`".
    ///
    /// RE2 and Go are one family: they find the same faults and differ in what they call them.
    package var inGoWords: String {
        let parts = reason.split(separator: ":", maxSplits: 1)
        let fault = parts.first.map(String.init) ?? reason
        let place = parts.count > 1 ? String(parts[1].dropFirst()) : ""
        return "error parsing regexp: \(Self.goWords[fault] ?? fault): `\(place)`"
    }

    private static let goWords = [
        "missing ]": "missing closing ]",
        "missing )": "missing closing )",
        "trailing \\": "trailing backslash at end of expression",
        "no argument for repetition operator": "missing argument to repetition operator",
        "invalid repetition size": "invalid repeat count",
        "bad repetition operator": "invalid nested repetition operator",
        "invalid perl operator": "invalid or unsupported Perl syntax",
        "invalid named capture group": "invalid named capture",
    ]
}
