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
            samples.map { "\($0.labels.metric) => \($0.value.prometheus) @[\(at.secondsText)]" }
        case .matrix(let series):
            series.flatMap { series in
                ["\(series.labels.metric) =>"]
                    + series.points.map { "\($0.value.prometheus) @[\($0.time.secondsText)]" }
            }
        }
    }
}

extension Labels {
    /// `name{a="b", c="d"}`, and `{"odd name", a="b"}`; what would not be seen is escaped.
    fileprivate var metric: String {
        let name = metricName
        let others = dropping([Self.nameLabel])
        guard name.isEmpty || name.isPlainMetricName else {
            let rest = others.description.dropFirst()
            return "{\(name.quoted)\(others.isEmpty ? "" : ", ")\(rest)"
        }
        guard !others.isEmpty || name.isEmpty else { return name }
        return name + others.description
    }
}

extension String {
    /// Letters, digits, underscores and colons, and no digit first: needs no quotation marks.
    fileprivate var isPlainMetricName: Bool {
        let isPlain = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "_"): true
            default: false
            }
        }
        return utf8.allSatisfy(isPlain)
            && utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
    }
}

extension Instant {
    /// Seconds with as many digits behind the point as they need: `1700000000.12`.
    var secondsText: String { (Double(milliseconds) / 1000).prometheus }
}
