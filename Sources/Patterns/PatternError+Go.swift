// PatternError+Go: RE2's complaints in the words of Go's regexp package, which rule authors know.

extension PatternError {
    /// The reason as Go words it: "error parsing regexp: missing closing ): `a(b`".
    package var inGoWords: String { "error parsing regexp: \(faultInGoWords)" }

    /// RE2 and Go are one family: they find the same faults and differ in what they call them.
    private var faultInGoWords: String {
        let parts = reason.split(separator: ":", maxSplits: 1)
        let detail = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        guard let kind = parts.first else { return reason }
        return switch kind {
        case "missing )": "missing closing ): `\(expression)`"
        case "unexpected )": "unexpected ): `\(expression)`"
        case "missing ]": "missing closing ]: `\(detail)`"
        case "trailing \\": "trailing backslash at end of expression: ``"
        case "no argument for repetition operator":
            "missing argument to repetition operator: `\(detail)`"
        case "invalid repetition size": "invalid repeat count: `\(detail)`"
        case "bad repetition operator": "invalid nested repetition operator: `\(detail)`"
        case "invalid perl operator": "invalid or unsupported Perl syntax: `\(detail)`"
        case "invalid named capture group": "invalid named capture: `\(detail)`"
        default: detail.isEmpty ? reason : "\(kind): `\(detail)`"
        }
    }
}
