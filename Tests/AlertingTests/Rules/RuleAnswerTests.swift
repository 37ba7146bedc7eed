// A group that another engine evaluates: its answers move alerts as an evaluation of ours does.
import Alerting
import Events
import PromQL
import Testing

struct RuleAnswerTests {
    private let lab: Lab
    private let critical = Sample(Labels(["job": "a"]), 3)

    init() throws {
        lab = try Lab(
            """
            - record: job:down:count
              expr: count by (job) (up == 0)
            - alert: Down
              expr: count by (job) (up == 0) > 2
              for: 2m
              annotations: {summary: "{{ $value }} of {{ $labels.job }} are down"}
            """, group: "source: thanos")
    }

    private func take(_ answers: [RuleAnswer]) -> [String] {
        lab.take(answers)
    }

    @Test func `answers are alerts, in their states and words, and series`() throws {
        let answers = [RuleAnswer([critical]), RuleAnswer([critical])]
        #expect(take(answers) == ["Down{job=\"a\"}: none > pending"])
        #expect(take(answers) == [])
        #expect(take(answers) == ["Down{job=\"a\"}: pending > firing"])
        #expect(lab.evaluation.alerts.first?.annotations["summary"] == "3 of a are down")
        #expect(try lab.query("job:down:count") == ["{__name__=\"job:down:count\", job=\"a\"} 3.0"])
        #expect(try lab.query("ALERTS{alertstate=\"firing\"}").count == 1)
        #expect(take([RuleAnswer([]), RuleAnswer([])]) == ["Down{job=\"a\"}: firing > resolved"])
        #expect(try lab.query("job:down:count") == [])
    }

    @Test func `where it does not answer, alerts stay and the rule says why`() throws {
        let answers = [RuleAnswer([critical]), RuleAnswer([critical])]
        for _ in 1...3 { _ = take(answers) }
        #expect(take([RuleAnswer([critical]), RuleAnswer(failure: "thanos: refused")]) == [])
        #expect(lab.alerts == ["firing Down{job=\"a\"}"])
        #expect(lab.evaluation.rules.map(\.health) == [.ok, .err])
        #expect(lab.evaluation.rules.map(\.lastError) == ["", "thanos: refused"])
    }
}
