// ErrorContext: what an error says of the place of a word that does not belong there.

/// What an error says of the place of a word: `in grouping opts, expected label`.
struct ErrorContext {
    var place: String
    var expected: String?

    static let groupingLabel = Self(place: "grouping opts", expected: "label")
    static let groupingStart = Self(place: "grouping opts", expected: "\"(\"")
    static let groupingEnd = Self(place: "grouping opts", expected: "\",\" or \")\"")
    static let matcher = Self(place: "label matching", expected: "identifier or \"}\"")
    static let matcherOperator = Self(
        place: "label matching", expected: "label matching operator")
    static let matcherValue = Self(place: "label matching", expected: "string")
    static let matcherEnd = Self(place: "label matching", expected: "\",\" or \"}\"")
    static let label = Self(place: "label set", expected: "identifier or \"}\"")
    static let labelEquals = Self(place: "label set", expected: "\"=\"")
    static let labelValue = Self(place: "label set", expected: "string")
    static let labelEnd = Self(place: "label set", expected: "\",\" or \"}\"")
    static let timestamp = Self(place: "@", expected: "timestamp")
    static let offset = Self(
        place: "offset", expected: "number, duration, step(), or range()")
    static let range = Self(
        place: "subquery or range selector", expected: "number, duration, step(), or range()")
    static let rangeEnd = Self(place: "subquery or range", expected: "\":\" or \"]\"")
    static let step = Self(
        place: "subquery selector", expected: "number, duration, step(), range(), or \"]\"")
    static let stepEnd = Self(place: "subquery selector", expected: "\"]\"")
    static let values = Self(place: "series values")
    static let value = Self(place: "series values", expected: "number or \"stale\"")
}

extension Parser {
    /// The complaint about the next word, which does not belong where it stands.
    mutating func unexpected(in context: ErrorContext? = nil) throws(Complaint) -> Complaint {
        try peek().unexpected(
            in: context ?? (openAggregations > 0 ? ErrorContext(place: "aggregation") : nil),
            of: lexer)
    }
}

extension Token {
    func unexpected(in context: ErrorContext?, of lexer: Lexer) -> Complaint {
        var message = "unexpected \(kind.described(lexer.text(of: self)))"
        if let context { message += " in \(context.place)" }
        if let expected = context?.expected { message += ", expected \(expected)" }
        return Complaint(offset: start, message: message)
    }
}
