// PatternError, Go: why a regular expression is refused, in the words of Go's library.
import Patterns

extension PatternError {
    /// RE2's reason as Go's `regexp/syntax`, which Prometheus uses, words it.
    var reasonInGo: String {
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
