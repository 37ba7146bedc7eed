// Token: one word of an expression, and how an error calls it.

/// A word of an expression or of a series description: its kind and its bytes.
struct Token: Equatable {
    enum Kind: Equatable {
        case endOfInput
        case identifier
        /// A name with a colon in it.
        case metricIdentifier
        case string, number, duration
        case leftParenthesis, rightParenthesis
        case leftBrace, rightBrace
        case leftBracket, rightBracket
        case comma, colon, at, equals
        case matchesRegex, doesNotMatchRegex
        case binary(BinaryOperator)
        case aggregation(AggregationOperator)
        case keyword(Keyword)
        case preprocessor(Preprocessor)
        /// Only in series: what parts values, a value left out, a repetition, `{{`.
        case space, blank, times, openHistogram
    }

    enum Keyword: String {
        case offset, smoothed, anchored, by, without, on, ignoring, bool, fill
        case groupLeft = "group_left"
        case groupRight = "group_right"
        case fillLeft = "fill_left"
        case fillRight = "fill_right"
    }

    /// Names with a meaning of their own in durations and after `@`.
    enum Preprocessor: String {
        case start, end, step, range
        case minOf = "min_of"
        case maxOf = "max_of"
    }

    var kind: Kind
    var start: Int
    var end: Int
}

extension Token.Kind {
    /// The kind of a word outside braces; letters of either case are the same.
    init(word: String) {
        let lower = word.lowercased()
        if let operation = BinaryOperator(rawValue: lower) {
            self = .binary(operation)
        } else if let aggregation = AggregationOperator(rawValue: lower) {
            self = .aggregation(aggregation)
        } else if let keyword = Token.Keyword(rawValue: lower) {
            self = .keyword(keyword)
        } else if let preprocessor = Token.Preprocessor(rawValue: lower) {
            self = .preprocessor(preprocessor)
        } else if lower == "inf" || lower == "nan" {
            self = .number
        } else {
            self = word.utf8.contains(UInt8(ascii: ":")) ? .metricIdentifier : .identifier
        }
    }

    /// Whether the word may stand for a metric although it means something elsewhere.
    var canNameMetric: Bool {
        switch self {
        case .identifier, .metricIdentifier, .aggregation, .preprocessor: true
        case .binary(let operation): operation.isSetOperator
        case .keyword(let keyword):
            switch keyword {
            case .offset, .smoothed, .anchored, .by, .without, .fill, .fillLeft, .fillRight: true
            case .on, .ignoring, .bool, .groupLeft, .groupRight: false
            }
        default: false
        }
    }

    /// Whether the word may stand for a label in `by (…)` or `on (…)`.
    var canNameLabel: Bool {
        switch self {
        case .identifier, .metricIdentifier, .aggregation, .preprocessor: true
        case .binary(let operation): operation.isSetOperator || operation == .atan2
        case .keyword(let keyword): keyword != .without
        default: false
        }
    }

    /// What an error says of the word `text` where it does not belong.
    func described(_ text: String) -> String {
        switch self {
        case .endOfInput: "end of input"
        case .identifier: "identifier \(text.quoted)"
        case .metricIdentifier: "metric identifier \(text.quoted)"
        case .string: "string \(text.shortened)"
        case .number: "number \(text.shortened)"
        case .duration: "duration \(text.shortened)"
        case .keyword: "<\(text)>"
        case .binary, .matchesRegex, .doesNotMatchRegex: "<op:\(text)>"
        // Prometheus has no name for it and says the number of its kind.
        case .at: "\"<Item 57385>\" <op:@>"
        case .aggregation: "<aggr:\(text)>"
        default: text.shortened
        }
    }
}

extension String {
    /// Quoted; of more than ten bytes only the beginning.
    fileprivate var shortened: String {
        utf8.count > 10
            ? String(String.UnicodeScalarView(unicodeScalars.prefix(10))).quoted + "..." : quoted
    }
}
