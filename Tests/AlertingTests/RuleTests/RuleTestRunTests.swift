import Alerting
import PromQL
import Settings
import Testing

private let rules = """
    groups:
      - name: g
        rules:
          - alert: Down
            expr: up == 0
            labels: {severity: page}
            annotations: {summary: "{{ $labels.job }} is down"}
          - record: double
            expr: up * 2
    """

struct RuleTestRunTests {
    @Test func `tests of our own pass`() throws {
        #expect(
            try failures(of: fixture("orders.test.yml")) { try? fixture($0) } == [])
    }

    @Test func `a failure shows what was expected, what was got, and the words that differ`() throws
    {
        let found = try run(
            """
            alert_rule_test:
              - eval_time: 1m
                alertname: Down
                exp_alerts:
                  - exp_labels: {job: cart, severity: page}
                    exp_annotations: {summary: cart is up}
            """)
        #expect(
            found == [
                """
                    name: a test,
                    alertname: Down, time: 1m,\u{20}
                        exp:[
                            0:
                              Labels:{alertname="Down", job="cart", severity="page"}
                              Annotations:{summary="cart is up"}
                            ],\u{20}
                        got:[
                            0:
                              Labels:{alertname="Down", job="cart", severity="page"}
                              Annotations:{summary="cart is down"}
                            ]
                        differs (expected [-so-], got {+so+}):
                            expected 0, got 0: annotation summary: cart is [-up-]{+down+}
                """
            ])
    }

    @Test func `samples that cannot be read fail their expression, and no other`() throws {
        let found = try run(
            """
            promql_expr_test:
              - {expr: double, eval_time: 1m, exp_samples: [{labels: 'x{a=', value: 1}]}
              - {expr: double +, eval_time: 1m}
            """)
        #expect(
            found.map { $0.trimmingPrefix("    ") } == [
                #"expr: "double", time: 1m, err: labels "x{a=": 1:5: parse error: "#
                    + "unexpected end of input inside braces",
                #"expr: "double +", time: 1m, err: 1:9: parse error: unexpected end of input"#,
            ])
    }

    @Test func `an expression's failure is as brief`() throws {
        let found = try run(
            """
            promql_expr_test:
              - expr: double
                eval_time: 1m
                exp_samples: [{labels: 'double{job="shop"}', value: 1.5e9}]
              - expr: sum(
                eval_time: 1m
            """)
        #expect(
            found == [
                """
                    expr: "double", time: 1m,
                        exp: {__name__="double", job="shop"} 1.5E+09
                        got: {__name__="double", job="cart"} 0E+00
                        differs (expected [-so-], got {+so+}):
                            expected 0, got 0: label job: [-shop-]{+cart+}
                            expected 0, got 0: value: [-1500000000-]{+0+}
                """,
                "    expr: \"sum(\", time: 1m, err: "
                    + "1:5: parse error: unclosed left parenthesis",
            ])
    }

    @Test func `what is not supported is told with its place`() throws {
        let found = try run("promql_expr_test: [{expr: 1 + histogram_sum(up), eval_time: 1m}]")
        #expect(
            found == [
                "    expr: \"1 + histogram_sum(up)\", time: 1m, err: "
                    + "1:5: histogram_sum() is not supported here"
            ])
    }

    @Test func `a rule that cannot be evaluated ends the test`() throws {
        let broken = rules.replacing("up * 2", with: "up * on() group_left() up")
        let found = try run(
            "promql_expr_test: [{expr: nothing, eval_time: 5m}]", rules: broken,
            series: "up{job=\"cart\"} 0x5\nup{job=\"shop\"} 0x5")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("    rule: double, time: 0s, err: found duplicate") == true)
    }

    @Test func `the last digits of sums are not compared, and NaN is NaN`() throws {
        let found = try run(
            """
            promql_expr_test:
              - {expr: 0.1 + 0.2, eval_time: 0s, exp_samples: [{labels: '{}', value: 0.3}]}
              - {expr: 0 / 0, eval_time: 0s, exp_samples: [{labels: '{}', value: .nan}]}
            """)
        #expect(found == [])
    }

    /// What a test of `up{job="cart"} 0 0 0 …` says.
    private func run(
        _ checks: String, rules: String = rules, series: String = "up{job=\"cart\"} 0x5"
    ) throws -> [String] {
        let lines = checks.split(separator: "\n").map { "    \($0)\n" }.joined()
        let inputs = series.split(separator: "\n").map { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return "      - series: '\(parts[0])'\n        values: \(parts[1])\n"
        }
        let text =
            "rule_files: [r]\ntests:\n  - name: a test\n    input_series:\n"
            + inputs.joined() + lines
        return try failures(of: text) { _ in rules }
    }
}
