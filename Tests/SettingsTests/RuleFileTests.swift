import Alerting
import Events
import PromQL
import Settings
import Testing

struct RuleFileTests {
    @Test func `a group is read with all that stands in it`() throws {
        let file = RuleFile.read(
            """
            groups:
              - name: shop
                interval: 30s
                limit: 10
                query_offset: 1m
                source: thanos
                labels: {team: shop, severity: info}
                rules:
                  - alert: Slow
                    expr: |
                      latency
                        > 1
                    for: 1h30m
                    keep_firing_for: 5m
                    labels: {severity: page}
                    annotations: {summary: "{{ $value }}"}
                  - record: job:up
                    expr: sum(up)
            ---
            groups: what follows does not count
            """, file: "shop.yml")
        #expect(file.problems.map(\.description) == [])
        let group = try #require(file.groups.first)
        #expect(group.name == "shop" && group.interval == .seconds(30) && group.limit == 10)
        #expect(group.queryOffset == .seconds(60) && group.source == "thanos")
        #expect(group.rules.map(\.name) == ["Slow", "job:up"])
        #expect(group.rules[1].labels == Labels(["team": "shop", "severity": "info"]))
        guard case .alert(let rule) = group.rules[0] else { return }
        #expect(rule.expression.description == "latency > 1")
        #expect(rule.holdDuration == .seconds(5400) && rule.keepFiringFor == .seconds(300))
        #expect(group.rules[0].labels == Labels(["team": "shop", "severity": "page"]))
        #expect(rule.annotations.map(\.template.text) == ["{{ $value }}"])
    }

    @Test func `groups and rules that are null are none`() {
        let file = RuleFile.read(
            "groups: [null, {name: a, rules: [~, {record: b, expr: '1'}]}]", file: "a.yml")
        #expect(file.problems.isEmpty)
        #expect(file.groups.map { $0.rules.map(\.name) } == [["b"]])
    }

    @Test(arguments: [
        ("groups: [{name: a}, {name: a}]", "1:21: groupname: \"a\" is repeated in the same file"),
        ("groups: [{rules: []}]", "1:10: Groupname must not be empty"),
        ("groups: [{name: a, interval: x}]", "1:30: not a valid duration string: \"x\""),
        ("groups: [{name: a, labels: {__name__: b}}]", "invalid label name: __name__"),
        (
            "groups: 7",
            "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!int `7` into []rulefmt.RuleGroup"
        ),
        (
            "groups:\n- name: a\n  rule: []\n  limit: many",
            """
            yaml: unmarshal errors:
              line 3: field rule not found in type rulefmt.RuleGroup
              line 4: cannot unmarshal !!str `many` into int
            """
        ),
        ("groups: [", "2:1: did not find expected node content"),
    ])
    func `what is wrong with a file is said as promtool says it`(text: String, problem: String) {
        #expect(RuleFile.read(text, file: "a.yml").problems.map(\.text) == [problem])
        #expect(RuleFile.read(text, file: "a.yml").groups == [])
    }

    @Test(arguments: [
        ("{expr: up}", "4:7", "", "one of 'record' or 'alert' must be set"),
        ("{alert: A}", "4:7", "A", "field 'expr' must be set in rule"),
        (
            "{alert: A, record: b, expr: up}", "4:26: 4:15", "A",
            "only one of 'record' and 'alert' must be set"
        ),
        (
            "{alert: A, expr: 'sum('}", "4:24", "A",
            "could not parse expression: 1:5: parse error: unclosed left parenthesis"
        ),
        ("{record: a, expr: up, for: 1m}", "4:16", "a", "invalid field 'for' in recording rule"),
        (
            "{record: 'a{b}', expr: up}", "4:16", "a{b}",
            "braces present in the recording rule name; should it be in expr?: a{b}"
        ),
        ("{alert: A, expr: up, for: 5 m}", "4:33", "A", "unknown unit \" m\" in duration \"5 m\""),
        ("{alert: A, expr: up, labels: {'': x}}", "", "A", "invalid label name: "),
        (
            "{alert: A, expr: up, annotations: {a: '{{ nope }}'}}", "", "A",
            "annotation \"a\": template: __alert_A:1: function \"nope\" not defined"
        ),
    ])
    func `what is wrong with a rule is said with its place, group and number`(
        rule: String, places: String, name: String, message: String
    ) {
        let file = RuleFile.read("groups:\n- name: g\n  rules:\n    - \(rule)", file: "a.yml")
        let place = places.isEmpty ? "" : places + ": "
        #expect(
            file.problems.map(\.text) == ["\(place)group \"g\", rule 1, \"\(name)\": \(message)"])
    }

    @Test func `a mistyped field is told with its nearest neighbour`() {
        let file = RuleFile.read("groups: [{name: a, rule: []}]", file: "a.yml")
        let lines = file.problems.map(\.description).joined().split(separator: "\n")
        #expect(lines.last == "  rule: did you mean rules?")
    }

    @Test func `unknown fields may be ignored`() {
        let text = "groups: [{name: a, partial_response_strategy: warn}]"
        #expect(RuleFile.read(text, file: "a.yml").problems.count == 1)
        let file = RuleFile.read(text, file: "a.yml", ignoresUnknownFields: true)
        #expect(file.problems.isEmpty && file.groups.count == 1)
    }

    @Test func `rules of one name and one label set are one too many`() {
        let file = RuleFile.read(
            """
            groups:
              - name: a
                rules: [{alert: A, expr: up}, {alert: A, expr: down}, {alert: B, expr: up}]
              - name: b
                labels: {x: y}
                rules: [{alert: B, expr: up}, {alert: A, expr: up, labels: {x: ""}}]
            """, file: "a.yml")
        #expect(file.duplicates.map(\.name) == ["A"])
    }
}
