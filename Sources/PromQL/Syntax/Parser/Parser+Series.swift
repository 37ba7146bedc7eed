// Parser, series: the labels and values of a series description.
import Events

extension Parser {
    mutating func seriesDescription() throws(Complaint) -> SeriesDescription {
        guard lexer.text.count <= Self.longest else {
            throw Complaint(offset: 0, message: "series is longer than \(Self.longest) bytes")
        }
        let labels = try metric()
        switch try peek().kind {
        case .space, .endOfInput: break
        default: throw try unexpected(in: .values)
        }
        var values: [SeriesDescription.Value] = []
        while try take(.space) != nil {
            let next = try peek()
            try append(to: &values)
            guard values.count <= SeriesDescription.mostValues else {
                throw Complaint(
                    offset: next.start,
                    message: "series has more than \(SeriesDescription.mostValues) values")
            }
        }
        try require(.endOfInput)
        return SeriesDescription(labels: labels, values: values)
    }

    private mutating func metric() throws(Complaint) -> Labels {
        var name: [Label] = []
        if try peek().kind.canNameMetric {
            name = [Label(Labels.nameLabel, lexer.text(of: try take()))]
        }
        guard try take(.leftBrace) != nil else { return Labels(name) }
        var labels: [Label] = []
        while try take(.rightBrace) == nil {
            labels.append(try label())
            if try take(.comma) == nil {
                try require(.rightBrace, in: .labelEnd)
                break
            }
        }
        // The name before the braces counts.
        return Labels(labels + name)
    }

    private mutating func label() throws(Complaint) -> Label {
        let token = try peek()
        switch token.kind {
        case .identifier:
            try take()
            try require(.equals, in: .labelEquals)
            return Label(
                lexer.text(of: token), lexer.value(of: try require(.string, in: .labelValue)))
        case .string:
            let name = lexer.value(of: try take())
            guard try take(.equals) != nil else {
                return Label(Labels.nameLabel, name)
            }
            return Label(name, lexer.value(of: try require(.string, in: .labelValue)))
        default:
            throw try unexpected(in: .label)
        }
    }

    /// Reads what may stand behind a space: a value, a repeated one, or nothing.
    private mutating func append(to values: inout [SeriesDescription.Value]) throws(Complaint) {
        let token = try peek()
        switch token.kind {
        case .blank:
            try take()
            let times = try take(.times) == nil ? 1 : try repetitions()
            values.append(contentsOf: Array(repeating: .omitted, count: times))
        case .identifier:
            try take()
            guard lexer.text(of: token) == "stale" else {
                throw token.unexpected(in: .value, of: lexer)
            }
            try appendRun(from: .stale, to: &values)
        case .number, .duration, .binary(.add), .binary(.subtract):
            let value = try signedNumber(in: .values)
            try appendRun(from: .sample(value), to: &values)
        case .openHistogram:
            throw Complaint(
                offset: token.start, message: "native histograms are not supported here")
        default: break
        }
    }

    /// `1x3` is `1 1 1 1`, `1+2x3` is `1 3 5 7`.
    private mutating func appendRun(
        from first: SeriesDescription.Value, to values: inout [SeriesDescription.Value]
    ) throws(Complaint) {
        var increment: Double?
        switch try peek().kind {
        case .binary(.add), .binary(.subtract): increment = try signedNumber(in: .values)
        default: break
        }
        let isRun = try peek().kind == .times
        guard increment != nil || isRun else { return values.append(first) }
        try require(.times, in: .values)
        var value = first
        for _ in 0...(try repetitions()) {
            values.append(value)
            if let increment { value = value.increased(by: increment) }
        }
    }

    /// How often something is repeated; more than a series may hold is cut.
    private mutating func repetitions() throws(Complaint) -> Int {
        let token = try require(.number, in: .values)
        let text = lexer.text(of: token)
        guard text.utf8.allSatisfy(\.isDigit) else {
            let reason = "strconv.ParseUint: parsing \(text.quoted): invalid syntax"
            throw Complaint(
                offset: token.start, message: "invalid repetition in series values: \(reason)")
        }
        return min(Int(text) ?? .max, SeriesDescription.mostValues + 1)
    }
}

extension SeriesDescription.Value {
    fileprivate func increased(by increment: Double) -> Self {
        switch self {
        case .sample(let value): .sample(value + increment)
        case .stale, .omitted: .sample(.nan)
        }
    }
}
