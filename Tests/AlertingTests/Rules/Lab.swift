// Lab: one group of rules, series told by the test, and what becomes of its alerts.
import Alerting
import Events
import PromQL
import Settings
import Testing

/// A group that is evaluated once a minute on series that the test tells.
final class Lab {
    let store = SeriesStore()
    let evaluator: Evaluator
    private(set) var evaluation: RuleGroupEvaluation
    private var minute = 0

    /// `rules` are the entries of a rule file's `rules:`, `group` further keys of their group.
    init(_ rules: String, group: String = "") throws {
        evaluator = Evaluator(store)
        evaluation = RuleGroupEvaluation(
            try Self.group(rules, group), store: store, evaluator: evaluator)
    }

    var now: Instant { Instant(milliseconds: Int64(minute) * 60_000) }

    /// One minute with these values; a series that is not named is gone.
    ///
    /// - Returns: the transitions, as in `Down{job="a"}: pending > firing`.
    @discardableResult
    func minute(_ samples: [String: Double] = [:]) throws -> [String] {
        minute += 1
        for (text, value) in samples {
            store.append(value, to: try SeriesDescription.parse(text).labels, at: now)
        }
        return evaluation.evaluate(at: now).map(Self.text)
    }

    /// One minute in which another engine answers.
    func take(_ answers: [RuleAnswer]) -> [String] {
        minute += 1
        return evaluation.take(answers, at: now).map(Self.text)
    }

    /// Reads the rules again, changed.
    func reload(_ rules: String) throws {
        let next = RuleGroupEvaluation(
            try Self.group(rules, ""), store: store, evaluator: evaluator)
        next.takeOver(from: evaluation)
        evaluation = next
    }

    /// Starts the program again after some minutes.
    func restart(after minutes: Int) -> AlertMemory {
        let memory = evaluation.memory(at: now)
        minute += minutes
        evaluation = RuleGroupEvaluation(evaluation.group, store: store, evaluator: evaluator)
        return memory
    }

    /// What a query gives now, as text in the order of labels.
    func query(_ text: String) throws -> [String] {
        let answer = try evaluator.evaluate(try Expression.parse(text), at: now)
        guard case .vector(let samples) = answer.value else { return [] }
        return samples.map { "\($0.labels) \($0.value)" }.sorted()
    }

    /// The alerts as `firing Down{job="a"}`.
    var alerts: [String] { evaluation.alerts.map { "\($0.state.rawValue) \(Self.name($0))" } }

    private static func group(_ rules: String, _ keys: String) throws -> RuleGroup {
        let lines = rules.split(separator: "\n").map { "      \($0)\n" }.joined()
        let text = "groups:\n  - name: lab\n    \(keys)\n    rules:\n\(lines)"
        let file = RuleFile.read(text, file: "lab.yml")
        #expect(file.problems.map(\.description) == [])
        return try #require(file.groups.first)
    }

    private static func name(_ alert: Alert) -> String {
        alert.name + alert.labels.dropping(["alertname"]).description
    }

    private static func text(_ transition: AlertTransition) -> String {
        let states = [transition.from, transition.to].map { $0?.rawValue ?? "none" }
        return "\(name(transition.alert)): \(states.joined(separator: " > "))"
    }
}
