// AlertTexts: what the templates of a group's rules come to.
import Events
import PromQL

/// What every template of a group can ask for.
struct AlertTexts {
    private let evaluator: Evaluator
    private let externalLabels: [String: String]
    private let externalURL: String

    init(_ evaluator: Evaluator, externalLabels: Labels, externalURL: String) {
        self.evaluator = evaluator
        self.externalLabels = externalLabels.byName
        self.externalURL = externalURL
    }

    /// One result's labels and annotations as an alert.
    func expand(
        _ rule: AlertRule, _ sample: Sample, at now: Instant
    ) -> (Labels, FoundAlert) {
        let input = TemplateInput(
            labels: sample.labels.byName, value: sample.value, externalLabels: externalLabels,
            externalURL: externalURL, now: now)
        let expand = { (template: Template) in
            template.expand(input) { query in try answer(query, at: now) }
        }
        let annotations = rule.annotations.map { Label($0.name, expand($0.template)) }
        return (
            rule.labels(of: sample.labels, expand: expand),
            FoundAlert(
                annotations: Labels(annotations), value: sample.value,
                result: sample.labels.dropping([Labels.nameLabel]))
        )
    }

    /// What a template's own query gives.
    private func answer(_ query: String, at now: Instant) throws -> [TemplateSample] {
        switch try evaluator.evaluate(try Expression.parse(query), at: now).value {
        case .vector(let samples):
            samples.map { TemplateSample(labels: $0.labels.byName, value: $0.value) }
        case .scalar(let number): [TemplateSample(labels: [:], value: number)]
        case .string, .matrix: throw RuleError.notVector
        }
    }
}

extension Labels {
    fileprivate var byName: [String: String] {
        Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }
}
