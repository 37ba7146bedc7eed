// QueryAnswer: the value of an expression, wherever it was evaluated, and what is remarked about it.
import Events
import Feeds
import PromQL

struct QueryAnswer {
    /// A scalar, a string and the samples of a vector are of this moment.
    var at: Instant
    var value: Value
    /// What is missing or wrong.
    var warnings: [String]
    /// What may be meant otherwise.
    var infos: [String]

    init(
        _ value: Value, at time: Question.Time, warnings: [String] = [], infos: [String] = []
    ) {
        (self.value, self.warnings, self.infos) = (value, warnings, infos)
        switch time {
        case .moment(let moment): at = moment
        case .span(_, let end, _): at = end
        }
    }

    init(_ answer: PrometheusAnswer) {
        (warnings, infos) = (answer.warnings, answer.infos)
        at = Instant(milliseconds: 0)
        switch answer.result {
        case .scalar(let point): (value, at) = (.scalar(point.value), point.at)
        case .string(let text, let moment): (value, at) = (.string(text), moment)
        case .vector(let series):
            at = series.first?.points.first?.at ?? at
            value = .vector(
                series.compactMap { series in
                    series.points.first.map { Sample(series.labels, $0.value) }
                })
        case .matrix(let series):
            value = .matrix(
                series.map { series in
                    SampleSeries(
                        series.labels, series.points.map { SampleSeries.Point($0.at, $0.value) })
                })
        }
    }

    func text(_ format: Invocation.Format) -> String {
        switch format {
        case .text: lines.map { $0 + "\n" }.joined()
        case .json: json.line + "\n"
        }
    }
}
