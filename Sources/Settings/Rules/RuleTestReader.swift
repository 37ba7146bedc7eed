// RuleTestReader: a text in promtool's format turned into tests of rules.
package import Alerting
import Events
import FoundationEssentials
import PromQL

extension RuleTestFile {
    /// Reads a file of rule tests.
    ///
    /// - Throws: the first problem, or all values that do not fit their types as one.
    package static func read(
        _ text: String, file: String, ignoresUnknownFields: Bool = false
    ) throws(RuleFileProblem) -> RuleTestFile {
        let root: Node
        do throws(DocumentError) {
            root = try Node(yaml: text, file: file, .first)
        } catch {
            throw RuleFileProblem(error)
        }
        var reader = RuleTestReader(file, ignoresUnknownFields: ignoresUnknownFields)
        let tests = try reader.read(root)
        if let problem = reader.values.problem(in: file) { throw problem }
        return tests
    }
}

/// Reads one file.
struct RuleTestReader {
    let file: String
    var values: Unmarshalling
    /// How many values the series so far have.
    var valueCount = 0
    private var interval = Duration.seconds(60)

    init(_ file: String, ignoresUnknownFields: Bool) {
        self.file = file
        values = Unmarshalling(ignoresUnknownFields: ignoresUnknownFields)
    }

    mutating func read(_ root: Node) throws(RuleFileProblem) -> RuleTestFile {
        let fields = values.fields(
            root, of: "main.unitTestFile",
            known: [
                "rule_files", "evaluation_interval", "group_eval_order", "tests", "fuzzy_compare",
            ])
        var tests = RuleTestFile()
        tests.ruleFiles = values.strings(fields["rule_files"])
        interval = try positive(fields["evaluation_interval"], otherwise: .seconds(60))
        tests.evaluationInterval = interval
        tests.groupOrder = values.strings(fields["group_eval_order"])
        var seen: Set<String> = []
        for name in tests.groupOrder where !seen.insert(name).inserted {
            throw RuleFileProblem(file, "group name repeated in evaluation order: \(name)")
        }
        // The last digits are never compared.
        _ = values.flag(fields["fuzzy_compare"])
        for node in values.list(fields["tests"], of: "main.testGroup") {
            tests.tests.append(try test(node))
        }
        return tests
    }

    private mutating func test(_ node: Node) throws(RuleFileProblem) -> RuleTest {
        let fields = values.fields(
            node, of: "main.testGroup",
            known: [
                "interval", "input_series", "alert_rule_test", "promql_expr_test",
                "external_labels", "external_url", "name", "start_timestamp",
            ])
        var test = RuleTest()
        test.name = values.string(fields["name"])
        test.interval = try positive(fields["interval"], otherwise: interval)
        test.start = try start(fields["start_timestamp"])
        test.externalLabels = Labels(values.stringsByName(fields["external_labels"]))
        test.externalURL = values.string(fields["external_url"])
        for node in values.list(fields["input_series"], of: "main.series") {
            test.series += try series(node)
        }
        for node in values.list(fields["alert_rule_test"], of: "main.alertTestCase") {
            test.alerts.append(try alerts(node, in: test.name))
        }
        for node in values.list(fields["promql_expr_test"], of: "main.promqlTestCase") {
            test.expressions.append(try expression(node))
        }
        return test
    }

    private mutating func alerts(
        _ node: Node, in test: String
    ) throws(RuleFileProblem) -> AlertExpectation {
        let fields = values.fields(
            node, of: "main.alertTestCase", known: ["eval_time", "alertname", "exp_alerts"])
        let name = values.string(fields["alertname"])
        let time = try values.duration(fields["eval_time"], file: file)
        guard !name.isEmpty || !values.misfits.isEmpty else {
            let place = test.isEmpty ? "" : " (in TestGroup \(test))"
            throw RuleFileProblem(
                file,
                "an item under alert_rule_test misses required attribute alertname at eval_time "
                    + time.literal + place, at: [node.place])
        }
        var alerts: [ExpectedAlert] = []
        for node in values.list(fields["exp_alerts"], of: "main.alert") {
            let fields = values.fields(
                node, of: "main.alert", known: ["exp_labels", "exp_annotations"])
            var labels = Labels(values.stringsByName(fields["exp_labels"]))
            labels["alertname"] = name
            let annotations = Labels(values.stringsByName(fields["exp_annotations"]))
            alerts.append(ExpectedAlert(labels: labels, annotations: annotations))
        }
        return AlertExpectation(alertName: name, time: time, alerts: alerts)
    }

    private mutating func expression(
        _ node: Node
    ) throws(RuleFileProblem) -> ExpressionExpectation {
        let fields = values.fields(
            node, of: "main.promqlTestCase", known: ["expr", "eval_time", "exp_samples"])
        var expectation = ExpressionExpectation(
            text: values.string(fields["expr"]),
            time: try values.duration(fields["eval_time"], file: file), samples: [])
        for node in values.list(fields["exp_samples"], of: "main.sample") {
            let fields = values.fields(
                node, of: "main.sample", known: ["labels", "value", "histogram"])
            if let histogram = fields["histogram"], !values.string(histogram).isEmpty {
                throw RuleFileProblem(
                    file, "native histograms are not supported here", at: [histogram.place])
            }
            let text = values.string(fields["labels"])
            let value = values.number(fields["value"])
            do throws(ParseError) {
                let labels = try SeriesDescription.parse(text.isEmpty ? "{}" : text).labels
                expectation.samples.append(Sample(labels, value))
            } catch {
                // Said when the test runs, and only of this expression.
                expectation.fault = expectation.fault ?? "labels \(text.quoted): \(error)"
            }
        }
        return expectation
    }

    /// A moment as RFC 3339 text, or in seconds since 1970.
    private mutating func start(_ node: Node?) throws(RuleFileProblem) -> Instant {
        guard let node, !node.isNull else { return Instant(milliseconds: 0) }
        let text = values.string(node)
        if let seconds = Double(text),
            let milliseconds = Int64(exactly: (seconds * 1000).rounded()),
            milliseconds.magnitude < 1 << 50
        {
            return Instant(milliseconds: milliseconds)
        }
        guard let date = Date(rfc3339: text) else {
            let message =
                "start_timestamp \(text.quoted) is no time; write 2026-01-31T12:00:00Z, "
                + "or seconds since 1970"
            throw RuleFileProblem(file, message, at: [node.place])
        }
        return Instant(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    /// A duration above zero; `otherwise` where there is none.
    private mutating func positive(
        _ node: Node?, otherwise: Duration
    ) throws(RuleFileProblem) -> Duration {
        let duration = try values.duration(node, file: file)
        return duration > .zero ? duration : otherwise
    }
}

extension Date {
    /// A moment with or without fractions of a second; nil where it is none of the years 1 to 9999.
    fileprivate init?(rfc3339 text: String) {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard let date = try? Date(text, strategy: style),
            abs(date.timeIntervalSince1970) < 3e11
        else { return nil }
        self = date
    }
}
