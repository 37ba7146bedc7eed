// TimelineReplay: a recorded timeline gone through by our evaluation.
import Alerting
import Events
import Foundation
import PromQL
import Settings

/// Feeds a group what was scraped, evaluates it when the server did, and reloads and restarts it.
final class TimelineReplay {
    /// A change of what the API would show, and when.
    struct Change {
        var at: Int64
        var rules: [[String]]
    }

    private let timeline: Timeline
    private let after: RuleGroup?
    private let isChangedByReload: Bool
    private let store = SeriesStore()
    private let evaluator: Evaluator
    private var evaluation: RuleGroupEvaluation
    private var samples: ArraySlice<(time: Int64, value: String, labels: Labels)>
    private(set) var changes: [Change] = []
    private(set) var written: [Labels: [String]] = [:]

    var groupName: String { evaluation.group.name }

    init(_ timeline: Timeline, _ before: RuleGroup, after: RuleGroup?, isChangedByReload: Bool) {
        (self.timeline, self.after) = (timeline, after)
        self.isChangedByReload = isChangedByReload
        evaluator = Evaluator(store)
        evaluation = Self.evaluation(before, store, evaluator)
        let samples = timeline.samples.flatMap { series in
            let labels = Labels(series.metric)
            return series.points.map { (time: $0.time, value: $0.value, labels: labels) }
        }
        self.samples = samples.sorted { $0.time < $1.time }[...]
    }

    func run() throws {
        look(at: timeline.timeline.first?.at ?? 0)
        var (isReloaded, isRestarted) = (false, false)
        let (reload, stop) = (timeline.time(of: "reload"), timeline.time(of: "stop"))
        for time in evaluationTimes() {
            if time > reload, !isReloaded, isChangedByReload {
                reloadGroup(at: reload)
            }
            isReloaded = isReloaded || time > reload
            if time > stop, !isRestarted {
                restart(at: timeline.time(of: "ready"))
                isRestarted = true
            }
            while let next = samples.first, next.time <= time {
                samples = samples.dropFirst()
                let value = next.value == "stale" ? Double.stale : Double(next.value) ?? .nan
                store.append(value, to: next.labels, at: Instant(milliseconds: next.time))
            }
            _ = evaluation.evaluate(at: Instant(milliseconds: time))
            try note(at: time)
            look(at: time)
        }
    }

    /// The rules' view where it changed.
    private func look(at time: Int64) {
        let rules = evaluation.rules.map { status in
            let alerts = evaluation.alerts(of: status.rule)
            return RuleView(status, alerts: alerts).comparable
        }
        guard rules != changes.last?.rules else { return }
        changes.append(Change(at: time, rules: rules))
    }

    private func reloadGroup(at time: Int64) {
        guard let after else { return }
        let next = Self.evaluation(after, store, evaluator)
        next.takeOver(from: evaluation)
        evaluation = next
        look(at: time)
    }

    private func restart(at time: Int64) {
        let memory = evaluation.memory(
            at: Instant(milliseconds: timeline.time(of: "stop")))
        evaluation = Self.evaluation(evaluation.group, store, evaluator)
        evaluation.restoreAsPrometheus(
            from: memory, at: Instant(milliseconds: time), gracePeriod: .seconds(2))
    }

    private static func evaluation(
        _ group: RuleGroup, _ store: SeriesStore, _ evaluator: Evaluator
    ) -> RuleGroupEvaluation {
        RuleGroupEvaluation(
            group, store: store, evaluator: evaluator,
            externalLabels: Labels(["cluster": "c1", "replica": "a"]),
            externalURL: "http://prom.example:9090")
    }

    /// What was written at this very moment.
    private func note(at time: Int64) throws {
        let names = Set(timeline.written.compactMap { $0.metric["__name__"] } + ["ALERTS"])
        for name in names.sorted() {
            let query = try Expression.parse("\(name)[1ms]")
            guard
                case .matrix(let all) = try evaluator.evaluate(
                    query, at: Instant(milliseconds: time)
                ).value
            else { continue }
            for series in all {
                written[series.labels, default: []] += series.points.map { point in
                    "\(point.time.milliseconds) \(point.value)"
                }
            }
        }
    }

    /// The recorded times, with those that the recording missed, at the milliseconds of what was written.
    private func evaluationTimes() -> [Int64] {
        let interval = (evaluation.group.interval ?? .seconds(1)).milliseconds
        let stop = timeline.time(of: "stop")
        var times: [Int64] = []
        let phase = timeline.written.first?.points.first.map { $0.time % interval }
        for nanoseconds in timeline.evaluations {
            var time = nanoseconds / 1_000_000
            if let phase {
                let shift = (time - phase) % interval
                time += shift < interval / 2 ? -shift : interval - shift
            }
            let end = time > stop && times.last ?? stop < stop ? stop : time
            while let last = times.last, last + interval < end { times.append(last + interval) }
            times.append(time)
        }
        return times
    }
}

extension RuleGroupEvaluation {
    fileprivate func alerts(of rule: Rule) -> [Alert] {
        alerts(named: rule.name).filter { alert in
            guard case .alert(let rule) = rule else { return false }
            return rule.labels.allSatisfy {
                $0.template.text.contains("{{") || $0.name == "alertname"
                    || alert.labels[$0.name] == $0.template.text
            }
        }
    }
}
