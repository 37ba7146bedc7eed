// RuleTestFile: unit tests of rules, in the format of `promtool test rules`.
package import Events
package import PromQL

/// What a file of rule tests says.
///
/// Source: <https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/>.
package struct RuleTestFile: Sendable {
    /// The rule files under test, as written: relative to this file, with `*` and the like.
    package var ruleFiles: [String] = []
    package var evaluationInterval = Duration.seconds(60)
    /// Groups in the order in which they are evaluated; others come first, with the first of these.
    package var groupOrder: [String] = []
    package var tests: [RuleTest] = []

    package init() {}
}

/// One test: series, and what the rules make of them.
package struct RuleTest: Sendable {
    package var name = ""
    package var start = Instant(milliseconds: 0)
    /// The time between two values of the series.
    package var interval = Duration.seconds(60)
    package var series: [SeriesDescription] = []
    package var alerts: [AlertExpectation] = []
    package var expressions: [ExpressionExpectation] = []
    package var externalLabels = Labels()
    package var externalURL = ""

    package init() {}
}

/// The alerts of one name that fire at one moment.
package struct AlertExpectation: Sendable {
    package var alertName: String
    /// From the test's start.
    package var time: Duration
    package var alerts: [ExpectedAlert]

    package init(alertName: String, time: Duration, alerts: [ExpectedAlert]) {
        (self.alertName, self.time, self.alerts) = (alertName, time, alerts)
    }
}

package struct ExpectedAlert: Hashable, Sendable {
    package var labels: Labels
    package var annotations: Labels

    package init(labels: Labels, annotations: Labels) {
        (self.labels, self.annotations) = (labels, annotations)
    }
}

/// What an expression gives at one moment.
package struct ExpressionExpectation: Sendable {
    package var text: String
    /// From the test's start.
    package var time: Duration
    package var samples: [Sample]
    /// Why the samples cannot be compared; nil where they can.
    package var fault: String?

    package init(text: String, time: Duration, samples: [Sample]) {
        (self.text, self.time, self.samples) = (text, time, samples)
    }
}
