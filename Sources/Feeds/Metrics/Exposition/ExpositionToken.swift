// ExpositionToken: the words of an exposition, by the names that Prometheus has for them.

enum ExpositionToken: String, Sendable {
    case endOfInput = "EOF"
    case lineBreak = "LINEBREAK"
    case help = "HELP"
    case type = "TYPE"
    case unit = "UNIT"
    /// OpenMetrics' `# EOF`.
    case endMark = "EOFWORD"
    case text = "TEXT"
    /// A comment; in OpenMetrics also ` # {`, which begins an exemplar.
    case comment = "COMMENT"
    case metricName = "MNAME"
    case quoted = "QSTRING"
    case braceOpen = "BOPEN"
    case braceClose = "BCLOSE"
    case labelName = "LNAME"
    case labelValue = "LVALUE"
    case comma = "COMMA"
    case equal = "EQUAL"
    case value = "VALUE"
    case timestamp = "TIMESTAMP"
    case invalid = "INVALID"
}
