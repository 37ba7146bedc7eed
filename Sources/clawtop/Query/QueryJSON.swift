// QueryJSON: an answer as Prometheus' HTTP API writes it.
import Events
import PromQL

extension QueryAnswer {
    /// An envelope around the value: `{"status":"success","data":{"resultType":"vector","result":[…]}}`.
    var json: JSONText {
        let (type, result) = data
        return .object([
            ("status", .string("success")),
            ("data", .object([("resultType", .string(type)), ("result", result)])),
            ("warnings", Self.list(warnings)), ("infos", Self.list(infos)),
        ])
    }

    /// An empty list is left out.
    private static func list(_ remarks: [String]) -> JSONText? {
        remarks.isEmpty ? nil : .array(remarks.map(JSONText.string))
    }

    private var data: (type: String, result: JSONText) {
        switch value {
        case .scalar(let number): ("scalar", Self.point(at, number))
        case .string(let text): ("string", .array([at.json, .string(text)]))
        case .vector(let samples):
            (
                "vector",
                .array(
                    samples.map {
                        .object([("metric", $0.labels.json), ("value", Self.point(at, $0.value))])
                    })
            )
        case .matrix(let series):
            (
                "matrix",
                .array(
                    series.map { series in
                        let points = series.points.map { Self.point($0.time, $0.value) }
                        return .object([("metric", series.labels.json), ("values", .array(points))])
                    })
            )
        }
    }

    /// A number is text: JSON has neither NaN nor infinities.
    private static func point(_ time: Instant, _ value: Double) -> JSONText {
        let hasExponent = value.isFinite && value != 0 && !(1e-6..<1e21).contains(value.magnitude)
        return .array([time.json, .string(hasExponent ? value.description : value.prometheus)])
    }
}

extension Instant {
    fileprivate var json: JSONText {
        milliseconds.isMultiple(of: 1000)
            ? .integer(milliseconds / 1000) : .number(Double(milliseconds) / 1000)
    }
}

extension Labels {
    fileprivate var json: JSONText { .object(pairs.map { ($0.name, .string($0.value)) }) }
}
