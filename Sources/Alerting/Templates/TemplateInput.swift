// TemplateInput: what one expansion of a template is told.
package import Events

/// The data of one alert that its label and annotation templates can ask for.
package struct TemplateInput: Sendable {
    /// The labels of the expression's result, its metric name among them as `__name__`.
    package var labels: [String: String]
    package var value: Double
    package var externalLabels: [String: String]
    package var externalURL: String
    /// The evaluation's time, which `now` tells in seconds.
    package var now: Instant

    package init(
        labels: [String: String], value: Double, externalLabels: [String: String] = [:],
        externalURL: String = "", now: Instant
    ) {
        self.labels = labels
        self.value = value
        self.externalLabels = externalLabels
        self.externalURL = externalURL
        self.now = now
    }
}

/// One element of the result of a template's `query`.
package struct TemplateSample: Hashable, Sendable {
    package var labels: [String: String]
    package var value: Double

    package init(labels: [String: String], value: Double) {
        self.labels = labels
        self.value = value
    }
}

/// Evaluates a PromQL expression at the alert's evaluation time.
package typealias TemplateQuery = (String) throws -> [TemplateSample]
