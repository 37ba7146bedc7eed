import Alerting
import Engine
import Foundation
import TestKit
import Testing

@testable import clawtop

private let rules = """
    groups:
      - name: g
        rules:
          - {alert: Down, expr: up == 0, labels: {severity: page}}
          - record: double
            expr: up * 2
    """

private let tests = """
    rule_files: [rule?.yml]
    tests:
      - name: down
        input_series: [{series: up, values: 0x5}]
        alert_rule_test:
          - {eval_time: 1m, alertname: Down, exp_alerts: [{exp_labels: {severity: page}}]}
      - name: double
        input_series: [{series: up, values: 1x5}]
        promql_expr_test: [{expr: double, eval_time: 1m, exp_samples: [{labels: double, value: 3}]}]
    """

/// Rule files in a folder of the test's own.
struct RuleCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try write(rules, "rules.yml")
        try write(tests, "rules.test.yml")
        try write(rules.replacing("double", with: "up:sum{}"), "wrong.yml")
        try write(
            rules + "\n      - {alert: Down, expr: up < 1, labels: {severity: page}}", "twice.yml")
    }

    @Test func `good rules are counted, and end with 0`() {
        let outcome = run("check", "rules.yml")
        #expect(outcome == Outcome(.ok, "Checking rules.yml\n  SUCCESS: 2 rules found\n\n"))
    }

    @Test func `wrong rules are said with their places, and end with 1`() {
        let outcome = run("check", "rules.yml", "wrong.yml", "none.yml")
        #expect(outcome.code == .failed)
        #expect(outcome.output.hasSuffix("\nChecking wrong.yml\n\nChecking none.yml\n\n"))
        #expect(
            complaints(outcome) == """
                  FAILED:
                wrong.yml: 5:17: group "g", rule 2, "up:sum{}": braces present in the recording \
                rule name; should it be in expr?: up:sum{}
                  FAILED:
                none.yml is not there

                """)
    }

    @Test func `check of a configuration reads its rules, and knows the sources`() throws {
        try write("rules: [far.yml]\nfeeds: {metrics: [{prometheus: \"http://p:9090\"}]}", "c.yml")
        let group = "groups: [{name: g, source: NAME, rules: [{alert: A, expr: up == 0}]}]"
        try write(group.replacing("NAME", with: "prometheus"), "far.yml")
        let file = folder.path("c.yml")
        let variables = ["HOME": folder.path]
        let fine = Program(["check", "--config", file], variables: variables).run()
        #expect(fine.code == .ok && fine.output.hasSuffix("\n1 rules\n"))
        try write(group.replacing("NAME", with: "promethus"), "far.yml")
        let wrong = Program(["check", "--config", file], variables: variables).run()
        #expect(wrong.code == .failed)
        #expect(
            wrong.output.hasSuffix(
                "far.yml: 1:28: source \"promethus\" is no prometheus feed; one of prometheus; "
                    + "did you mean prometheus?\n"))
    }

    @Test func `rules that are there twice are doubtful, fatal where that is asked for`() {
        let outcome = run("check", "twice.yml")
        #expect(outcome.code == .ok)
        #expect(
            complaints(outcome).contains("lint error 1 duplicate rule(s) found.\nMetric: Down\n"))
        #expect(run("check", "--lint-fatal", "twice.yml").code == .lint)
        #expect(run("check", "--lint=none", "--lint-fatal", "twice.yml").code == .ok)
    }

    @Test func `tests that fail say how, and end with 1`() {
        let outcome = run("test", "rules.test.yml")
        #expect(outcome.code == .failed)
        // The words of promtool 2.42, and where it puts them.
        #expect(outcome.output == "Unit Testing:  rules.test.yml\n\n\n")
        #expect(
            complaints(outcome) == """
                  FAILED:
                    expr: "double", time: 1m,
                        exp: {__name__="double"} 3E+00
                        got: {__name__="double"} 2E+00
                        differs (expected [-so-], got {+so+}):
                            expected 0, got 0: value: [-3-]{+2+}

                """)
    }

    @Test func `only tests of a name are run where that is asked for`() {
        let outcome = run("test", "--run", "^dow", "rules.test.yml")
        #expect(outcome == Outcome(.ok, "Unit Testing:  rules.test.yml\n  SUCCESS\n\n"))
        #expect(run("test", "--run", "(", "rules.test.yml").code == .usage)
    }

    @Test func `results are written for build servers, too`() throws {
        let path = URL(filePath: folder.path("junit.xml"))
        #expect(run("test", "--diff", "--junit", path.path, "rules.test.yml").code == .failed)
        let text = try String(contentsOf: path, encoding: .utf8)
        #expect(text.contains("tests=\"2\" failures=\"1\" errors=\"0\">"))
        #expect(text.contains("<failure>    expr: &quot;double&quot;, time: 1m,"))
        #expect(try XMLShape(text).depth == 0)
    }

    @Test(arguments: [
        "check <(cat \"$1\"/rules.yml)", "check /dev/stdin < \"$1\"/rules.yml",
        "check /dev/null", "test <(echo 'tests: []')", "test /dev/null",
    ])
    func `what is no regular file is read as well`(line: String) throws {
        let ended = try TestKit.run(
            "bash", ["-c", "\"$0\" rules \(line)", builtProgram, folder.path])
        #expect(ended.code == 0)
        #expect(ended.printed.contains("SUCCESS"), "\(ended.printed)")
    }

    @Test func `a device without an end is not read for ever`() throws {
        let ended = try TestKit.run(builtProgram, ["rules", "check", "/dev/zero"])
        #expect(ended.code == 1)
        #expect(ended.printed.contains("/dev/zero is larger than 64 MB"))
    }

    @Test func `a pipe among the rules of a configuration holds nobody up`() throws {
        let pipe = folder.path("pipe.yml")
        #expect(mkfifo(pipe, 0o600) == 0)
        let library = RuleLibrary(patterns: [pipe], usesDefaults: false)
        #expect(library.read().problems == ["\(pipe) cannot be read; its rules are not used"])
    }

    @Test func `a demo takes the rules of the configuration that is named, and no others`() throws {
        try write("rules: [rules.yml]\ndefault_rules: false", "demo.yml")
        func groups(_ configuration: String?) throws -> [String] {
            var invocation = Invocation()
            invocation.configuration = configuration
            let planner = WatchPlanner(invocation: invocation, variables: ["HOME": folder.path])
            return try planner.demoRules().read().groups.map(\.name)
        }
        #expect(try groups(folder.path("demo.yml")) == ["g"])
        #expect(try groups(nil).contains("registry"))
        #expect(throws: PlanError.self) { try groups("/nowhere.yml") }
    }

    /// Runs the command on files of the folder; their names are shown without it.
    private func run(_ words: String...) -> Outcome {
        let words = words.map { $0.hasSuffix(".yml") ? folder.path($0) : $0 }
        var outcome = Program(["rules"] + words, variables: [:]).run()
        outcome.output = outcome.output.replacing(folder.path + "/", with: "")
        return outcome
    }

    /// What goes to standard error, without the folder.
    private func complaints(_ outcome: Outcome) -> String {
        outcome.asides.map(\.text).joined().replacing(folder.path + "/", with: "")
    }

    private func write(_ text: String, _ name: String) throws {
        try folder.write(text, to: name)
    }
}

/// How deep the elements of an XML text are open at its end.
private struct XMLShape {
    var depth = 0

    init(_ text: String) throws {
        for tag in text.matches(of: /<(\/?)[a-z-]+[^>]*>/) { depth += tag.1.isEmpty ? 1 : -1 }
    }
}
