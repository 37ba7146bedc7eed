import Alerting
import Events
import PromQL
import Settings
import Testing

struct RuleTestFileTests {
    @Test func `what a file leaves out is promtool's default`() throws {
        let file = try RuleTestFile.read(
            """
            rule_files: [a.yml, "b/*.yml"]
            tests:
              - input_series:
                  - {series: 'up{job="a"}', values: 1x2 stale _}
                alert_rule_test:
                  - {eval_time: 1m, alertname: Down, exp_alerts: [{exp_labels: {job: a}}]}
                promql_expr_test:
                  - {expr: up, eval_time: 90s, exp_samples: [{labels: 'up{job="a"}', value: .inf}]}
              - {interval: 5s, start_timestamp: 2026-01-31T12:00:00Z, name: second}
              - {start_timestamp: 1.5}
              - {start_timestamp: "2026-01-31T13:00:00.250+01:00"}
            """, file: "t.yml")
        #expect(file.ruleFiles == ["a.yml", "b/*.yml"])
        #expect(file.evaluationInterval == .seconds(60))
        let test = try #require(file.tests.first)
        #expect(test.interval == .seconds(60) && test.start == Instant(milliseconds: 0))
        #expect(test.series.map(\.values.count) == [5])
        #expect(
            test.alerts.first?.alerts.map(\.labels) == [Labels(["alertname": "Down", "job": "a"])])
        #expect(test.expressions.first?.time == .seconds(90))
        #expect(test.expressions.first?.samples.map(\.value) == [.infinity])
        #expect(
            file.tests.map(\.start.milliseconds) == [0, 1_769_860_800_000, 1500, 1_769_860_800_250])
        #expect(
            file.tests.map(\.interval) == [.seconds(60), .seconds(5), .seconds(60), .seconds(60)])
    }

    @Test func `a short text does not fill the memory with values`() {
        let series = Array(repeating: "{series: a, values: _x1048575}", count: 5)
        let error = #expect(throws: RuleFileProblem.self) {
            try RuleTestFile.read(
                "tests: [{input_series: [\(series.joined(separator: ", "))]}]", file: "t.yml")
        }
        #expect(error?.message == "the series have more than 4194304 values in all")
    }

    @Test(arguments: [
        (
            "tests: [{input: []}]",
            """
            yaml: unmarshal errors:
              line 1: field input not found in type main.testGroup
            """
        ),
        (
            "tests: [{name: n, alert_rule_test: [{eval_time: 1m}]}]",
            "1:37: an item under alert_rule_test misses required attribute alertname at "
                + "eval_time 1m (in TestGroup n)"
        ),
        ("group_eval_order: [a, b, a]", "group name repeated in evaluation order: a"),
        (
            "tests: [{input_series: [{series: 'up{', values: '1'}]}]",
            "1:25: series \"up{ 1\": 1:5: parse error: unexpected character inside braces: '1'"
        ),
        (
            "tests: [{promql_expr_test: [{exp_samples: [{labels: x, histogram: '{{}}'}]}]}]",
            "1:67: native histograms are not supported here"
        ),
        (
            "tests: [{start_timestamp: soon}]",
            "1:27: start_timestamp \"soon\" is no time; write 2026-01-31T12:00:00Z, "
                + "or seconds since 1970"
        ),
    ])
    func `what cannot be read is said`(text: String, problem: String) {
        let error = #expect(throws: RuleFileProblem.self) {
            try RuleTestFile.read(text, file: "t.yml")
        }
        #expect(error?.text == problem)
    }
}
