import Alerting
import Events
import TestKit
import Testing

/// Prometheus's own expansions, of the templates of public rule files and of harder ones.
struct TemplateConformanceTests {
    @Test(
        .enabled(if: Recording.isHere, "no recordings beside the checkout"),
        arguments: Recording.files)
    func `templates expand as in Prometheus`(file: String) throws {
        let recordings = try SharedMaterial.rows(file, as: Recording.self)
        #expect(!recordings.isEmpty)
        for recording in recordings {
            let answers = recording.answers()
            #expect(
                answers.contains(recording.expected),
                "\(recording.template): \(answers[0]) and not \(recording.expected)")
        }
    }
}

private struct Recording: Decodable {
    static let files = [
        "promql/templates/templates.jsonl", "promql/prometheus3/templates/templates.jsonl",
    ]
    static let isHere = SharedMaterial.has(files[0])

    var template: String
    var metric: String
    var alertname: String
    var labels: [String: String]
    var value: String
    var externalLabels: [String: String]
    var externalURL: String
    var seriesForQuery: [[String]]?
    var expect: String?
    var refused: String?

    enum CodingKeys: String, CodingKey {
        case template, metric, alertname, labels, value, expect, refused
        case externalLabels = "external_labels"
        case externalURL = "external_url"
        case seriesForQuery = "series_for_query"
    }

    /// An annotation that came out empty was not recorded.
    var expected: String { refused ?? expect ?? "" }

    /// What the template gives, for each order that Prometheus might list the samples in.
    func answers() -> [String] {
        orders(of: series).map { series in
            do {
                let template = try Template(template, name: "__alert_" + alertname)
                return template.expand(input) { try evaluate($0, series) }
            } catch {
                return "\(error)"
            }
        }
    }

    private var input: TemplateInput {
        TemplateInput(
            labels: labels.merging(["__name__": metric]) { _, name in name },
            value: Double(value) ?? 0, externalLabels: externalLabels, externalURL: externalURL,
            now: Instant(milliseconds: 0))
    }

    /// The series that queries find: `q_total{i="a"}` and its like.
    private var series: [TemplateSample] {
        (seriesForQuery ?? []).map { series in
            let parts = series[0].split { "{}=\"".contains($0) }.map(String.init)
            return TemplateSample(
                labels: ["__name__": parts[0], parts[1]: parts[2]], value: Double(series[1]) ?? 0)
        }
    }

    private func orders(of samples: [TemplateSample]) -> [[TemplateSample]] {
        guard samples.count > 1 else { return [samples] }
        return samples.indices.flatMap { index in
            var others = samples
            let first = others.remove(at: index)
            return orders(of: others).map { [first] + $0 }
        }
    }

    /// The few expressions that the recordings ask for.
    private func evaluate(_ query: String, _ all: [TemplateSample]) throws -> [TemplateSample] {
        let series = all.filter { $0.labels["__name__"] == "q_total" }
        switch query {
        case "q_total": return series
        case "sort(q_total)": return series.sorted { $0.value < $1.value }
        case "sum(q_total)":
            return [TemplateSample(labels: [:], value: series.reduce(0) { $0 + $1.value })]
        case "{__name__=~\"q_.*\"}": return all
        case "q_str": return all.filter { $0.labels["__name__"] == "q_str" }
        case "1": return [TemplateSample(labels: [:], value: 1)]
        case "\"abc\"": throw QueryFault(description: "rule result is not a vector or scalar")
        default: return []
        }
    }
}
