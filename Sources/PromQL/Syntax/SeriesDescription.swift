// SeriesDescription: a series of a rule's unit test, `metric{label="value"} 1+2x5 _ stale`.
package import Events

/// Labels, and a value for each interval from 0 on.
package struct SeriesDescription: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case sample(Double)
        /// The series ends here.
        case stale
        /// Nothing was scraped.
        case omitted
    }

    package var labels: Labels
    package var values: [Value]

    /// How many values a description may have.
    static let mostValues = 1 << 20

    /// Reads a description in the notation of `promtool test rules`.
    package static func parse(_ text: String) throws(ParseError) -> SeriesDescription {
        var parser = Parser(text, isSeries: true)
        do throws(Complaint) {
            return try parser.seriesDescription()
        } catch {
            throw error.placed(in: parser.lexer.text)
        }
    }
}
