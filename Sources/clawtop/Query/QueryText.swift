// QueryText: an answer as lines, like those of `promtool query`.
import Events
import PromQL

extension QueryAnswer {
    /// `name{a="b"} => 1 @[1700000000]`; of a matrix, a line for each value below its series.
    var lines: [String] {
        switch value {
        case .scalar(let number): ["scalar: \(number.prometheus) @[\(at.secondsText)]"]
        case .string(let text): [text.harmless]
        case .vector(let samples):
            samples.map { "\($0.labels.series) => \($0.value.prometheus) @[\(at.secondsText)]" }
        case .matrix(let series):
            series.flatMap { series in
                ["\(series.labels.series) =>"]
                    + series.points.map { "\($0.value.prometheus) @[\($0.time.secondsText)]" }
            }
        }
    }
}

extension Instant {
    /// Seconds with as many digits behind the point as they need: `1700000000.12`.
    var secondsText: String { (Double(milliseconds) / 1000).prometheus }
}
