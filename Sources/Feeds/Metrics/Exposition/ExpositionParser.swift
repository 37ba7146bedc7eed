// ExpositionParser: one sample after the other out of an exposition.

/// Reads line by line and copies nothing: the labels of a sample are made only where somebody asks.
///
/// It refuses what Prometheus 3 refuses. A zero byte at the start of a line is refused, too, where
/// Prometheus takes it for the end.
package struct ExpositionParser {
    /// A sample, as places in the bytes.
    package struct Line {
        /// The series as it is written: equal bytes are the same series.
        package var series: Range<Int>
        package var value: Double
        /// In milliseconds since 1970.
        package var timestamp: Int64?
    }

    /// A label's name and value between their quotation marks, escapes and all.
    struct Part {
        var name: Range<Int>
        var value: Range<Int>
    }

    /// Which labels are numbers depends on the kind of the metric.
    enum Kind { case histogram, summary, other }

    var lexer: ExpositionLexer
    var lineStart = 0
    var metricName: Range<Int>?
    var parts: [Part] = []
    private(set) var kind = Kind.other

    package init(_ bytes: [UInt8], _ format: ExpositionFormat) {
        lexer = ExpositionLexer(bytes, format)
    }

    /// The text of a series.
    package var bytes: [UInt8] { lexer.bytes }

    /// The next sample; nil at the end.
    package mutating func next() throws(ExpositionError) -> Line? {
        do throws(ExpositionFault) {
            while true {
                lineStart = lexer.place
                switch lexer.next() {
                case .endOfInput:
                    guard lexer.format == .text else { throw Self.truncated }
                    return nil
                case .endMark:
                    guard lexer.next() == .endOfInput else {
                        throw ExpositionFault(message: "unexpected data after # EOF")
                    }
                    return nil
                case .lineBreak: break
                case .help: try metadata(.help)
                case .type: try metadata(.type)
                case .unit: try metadata(.unit)
                case .comment:
                    let token = lexer.next()
                    if token != .lineBreak {
                        throw unexpected(token, "linebreak expected after comment")
                    }
                case .braceOpen:
                    metricName = nil
                    return try sample(withBraces: true)
                case .metricName:
                    metricName = lexer.token
                    return try sample(withBraces: false)
                case let token: throw unexpected(token, "expected a valid start token")
                }
            }
        } catch {
            throw placed(error)
        }
    }

    static let truncated = ExpositionFault(message: "data does not end with # EOF")

    /// Everything before the line that is read now, and what is wrong with that.
    func placed(_ fault: ExpositionFault) -> ExpositionError {
        let before = lexer.bytes.prefix(lineStart).count { $0 == .lineFeed }
        return ExpositionError(line: before + 1, message: fault.message)
    }

    /// What stands there instead of what should, as Prometheus shows it.
    func unexpected(_ token: ExpositionToken, _ expectation: String) -> ExpositionFault {
        let end = min(lexer.bytes.count, lexer.place + 1)
        let found = lexer.bytes[lexer.token.lowerBound..<end].goQuoted
        let line = lexer.bytes[lineStart..<end].goQuoted
        return ExpositionFault(
            message: "\(expectation), got \(found) (\"\(token.rawValue)\") while parsing: \(line)")
    }

    /// What was read of the line so far.
    var whileParsing: String {
        "while parsing: \(lexer.bytes[lineStart..<lexer.place].goQuoted)"
    }

    private mutating func metadata(_ what: ExpositionToken) throws(ExpositionFault) {
        let named = lexer.next()
        guard named == .metricName else {
            throw unexpected(named, "expected metric name after \(what.rawValue)")
        }
        let name = unquoted(lexer.token)
        guard lexer.next() == .text else {
            throw ExpositionFault(message: "expected text in \(what.rawValue)")
        }
        var text = lexer.bytes[lexer.token].dropFirst()
        if lexer.format == .openMetrics { text = text.dropLast() }
        switch what {
        case .type: kind = try kind(String(decoding: text, as: UTF8.self))
        case .unit: try checkUnit(text, of: lexer.bytes[name])
        default:
            guard String(validating: text, as: UTF8.self) != nil else {
                throw ExpositionFault(
                    message: "help text \(text.goQuoted) is not a valid utf8 string")
            }
        }
        guard lexer.format == .text else { return }
        let token = lexer.next()
        if token != .lineBreak { throw unexpected(token, "linebreak expected after metadata") }
    }

    private func kind(_ word: String) throws(ExpositionFault) -> Kind {
        switch (word, lexer.format) {
        case ("histogram", _): return .histogram
        case ("summary", _): return .summary
        case ("counter", _), ("gauge", _), ("untyped", .text): return .other
        case ("gaugehistogram", .openMetrics), ("info", .openMetrics), ("stateset", .openMetrics),
            ("unknown", .openMetrics):
            return .other
        default:
            throw ExpositionFault(message: "invalid metric type \(word.utf8.goQuoted)")
        }
    }

    private func checkUnit(
        _ unit: ArraySlice<UInt8>, of name: ArraySlice<UInt8>
    ) throws(ExpositionFault) {
        guard !unit.isEmpty else { return }
        let isSuffix = name.count > unit.count && name.suffix(unit.count).elementsEqual(unit)
        guard isSuffix, name.dropLast(unit.count).last == UInt8(ascii: "_") else {
            throw ExpositionFault(
                message: "unit \(unit.goQuoted) not a suffix of metric \(name.goQuoted)")
        }
    }

    func unquoted(_ range: Range<Int>) -> Range<Int> {
        guard lexer.bytes[range].first == .quote else { return range }
        return range.dropFirst().dropLast()
    }
}
