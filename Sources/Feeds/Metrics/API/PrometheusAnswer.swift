// PrometheusAnswer: what an engine answers to a query, in the shapes of its HTTP API.
package import Events

/// The value of an expression, and what the engine remarks about it.
package struct PrometheusAnswer: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        package var at: Instant
        package var value: Double

        package init(at: Instant, value: Double) {
            (self.at, self.value) = (at, value)
        }
    }

    /// A label set with one value, or with several over time.
    package struct Series: Hashable, Sendable {
        package var labels: Labels
        package var points: [Point]

        package init(labels: Labels, points: [Point]) {
            (self.labels, self.points) = (labels, points)
        }
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
    /// What may be wrong with the expression, though nothing is missing.
    package var infos: [String]
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

/// The `data` of an answer, and what of it cannot be taken.
struct PrometheusResult: Decodable {
    var value: PrometheusAnswer.Result
    /// How many series have native histograms, which are left out.
    private var histograms = 0

    /// What an answer lacks, as warnings.
    var gaps: [String] {
        guard histograms > 0 else { return [] }
        let what = "those of \(histograms) series are left out"
        return ["native histograms are not supported here: \(what)"]
    }

    private enum Key: String, CodingKey { case resultType, result }

    /// Seen, and not read.
    private struct NativeHistogram: Decodable {
        init(from decoder: any Decoder) {}
    }

    private struct Element: Decodable {
        var metric: [String: String]
        var value: PrometheusPoint?
        var values: [PrometheusPoint]?
        var histogram: NativeHistogram?
        var histograms: NativeHistogram?

        var hasHistograms: Bool { histogram != nil || histograms != nil }

        /// Nil where it holds native histograms only.
        var series: PrometheusAnswer.Series? {
            get throws {
                guard let points = values ?? value.map({ [$0] }) else { return nil }
                return PrometheusAnswer.Series(
                    labels: Labels(metric), points: try points.map { try $0.point })
            }
        }
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        let type = try fields.decode(String.self, forKey: .resultType)
        switch type {
        case "scalar":
            value = .scalar(try fields.decode(PrometheusPoint.self, forKey: .result).point)
        case "string":
            let point = try fields.decode(PrometheusPoint.self, forKey: .result)
            value = .string(point.text, at: point.at)
        case "vector", "matrix":
            let elements = try fields.decode([Element].self, forKey: .result)
            histograms = elements.count { $0.hasHistograms }
            let series = try elements.compactMap { try $0.series }
            value = type == "vector" ? .vector(series) : .matrix(series)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: .resultType, in: fields, debugDescription: "\(type) is no result type")
        }
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
