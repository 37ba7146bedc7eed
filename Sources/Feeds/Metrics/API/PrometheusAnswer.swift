// PrometheusAnswer: what an engine answers to a query, in the shapes of its HTTP API.
package import Events

/// The value of an expression, and what the engine remarks about it.
package struct PrometheusAnswer: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        package var at: Instant
        package var value: Double
    }

    /// A label set with one value, or with several over time.
    package struct Series: Hashable, Sendable {
        package var labels: Labels
        package var points: [Point]
    }

    package enum Result: Hashable, Sendable {
        case scalar(Point)
        case string(String, at: Instant)
        /// Each has one point.
        case vector([Series])
        case matrix([Series])
    }

    package var result: Result
    /// Part of the data is missing, and the like; shown, never swallowed.
    package var warnings: [String]
}

/// `[1700000000.123,"4.2"]`: a moment in seconds, and a number as text.
struct PrometheusPoint: Decodable {
    var at: Instant
    var text: String

    init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        at = Instant(secondsSince1970: try parts.decode(Double.self))
        text = try parts.decode(String.self)
    }

    var point: PrometheusAnswer.Point {
        get throws {
            guard let value = Double(text) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: [], debugDescription: "\(text) is no number"))
            }
            return PrometheusAnswer.Point(at: at, value: value)
        }
    }
}

extension PrometheusAnswer.Result: Decodable {
    private enum Key: String, CodingKey { case resultType, result }

    private struct Element: Decodable {
        var metric: [String: String]
        var value: PrometheusPoint?
        var values: [PrometheusPoint]?

        /// Nil where it holds native histograms only.
        var series: PrometheusAnswer.Series? {
            get throws {
                guard let points = values ?? value.map({ [$0] }) else { return nil }
                return PrometheusAnswer.Series(
                    labels: Labels(metric), points: try points.map { try $0.point })
            }
        }
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(String.self, forKey: .resultType) {
        case "scalar":
            self = .scalar(try fields.decode(PrometheusPoint.self, forKey: .result).point)
        case "string":
            let point = try fields.decode(PrometheusPoint.self, forKey: .result)
            self = .string(point.text, at: point.at)
        case "vector": self = .vector(try Self.series(fields))
        case "matrix": self = .matrix(try Self.series(fields))
        case let type:
            throw DecodingError.dataCorruptedError(
                forKey: .resultType, in: fields, debugDescription: "\(type) is no result type")
        }
    }

    private static func series(
        _ fields: KeyedDecodingContainer<Key>
    ) throws -> [PrometheusAnswer.Series] {
        try fields.decode([Element].self, forKey: .result).compactMap { try $0.series }
    }
}

extension Instant {
    /// Moments beyond some 140,000 years are brought nearer: nothing may overflow.
    init(secondsSince1970 seconds: Double) {
        let farthest = Double(1 << 52)
        let milliseconds = (seconds * 1000).rounded()
        self.init(
            milliseconds: Int64(
                min(max(milliseconds.isNaN ? 0 : milliseconds, -farthest), farthest)))
    }
}
