// GoSpelling: where RE2 and Go's regexp package, which Prometheus uses, spell things differently.

/// An expression as Go reads it.
///
/// Source: <https://pkg.go.dev/regexp/syntax>.
struct GoSpelling {
    /// The same for RE2, whose older versions know named groups as `(?P<name>…)` only.
    private(set) var forRE2 = ""
    /// Whether there is a `\C`: a single byte for RE2, an error in Go.
    private(set) var hasByteEscape = false

    init(_ expression: String) {
        guard
            expression.utf8.contains(where: { $0 == UInt8(ascii: "\\") })
                || expression.contains("(?<")
        else {
            forRE2 = expression
            return
        }
        var rest = expression.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            forRE2.unicodeScalars.append(scalar)
            switch scalar {
            case "\\": takeEscape(&rest)
            case "[": takeClass(&rest)
            case "(" where rest.starts(with: "?<".unicodeScalars):
                let isAssertion = ["=", "!"].contains(rest.dropFirst(2).first)
                guard !isAssertion else { continue }
                rest = rest.dropFirst(2)
                forRE2 += "?P<"
            default: break
            }
        }
    }

    private mutating func takeEscape(_ rest: inout Substring.UnicodeScalarView) {
        guard let escaped = rest.popFirst() else { return }
        forRE2.unicodeScalars.append(escaped)
        switch escaped {
        case "C": hasByteEscape = true
        case "Q":
            // Literal, up to \E.
            while !rest.isEmpty, !rest.starts(with: "\\E".unicodeScalars) {
                forRE2.unicodeScalars.append(rest.removeFirst())
            }
        default: break
        }
    }

    /// `[…]`, in which a bracket that comes first is one like any other.
    private mutating func takeClass(_ rest: inout Substring.UnicodeScalarView) {
        if rest.first == "^" { forRE2.unicodeScalars.append(rest.removeFirst()) }
        var isFirst = true
        while let scalar = rest.popFirst() {
            forRE2.unicodeScalars.append(scalar)
            if scalar == "]", !isFirst { return }
            if scalar == "[", rest.first == ":" {
                while let inner = rest.popFirst() {
                    forRE2.unicodeScalars.append(inner)
                    if inner == "]" { break }
                }
            }
            if scalar == "\\" { takeEscape(&rest) }
            isFirst = false
        }
    }
}
