import Alerting
import Events
import Foundation
import Settings
import TestKit
import Testing

private let recording = "promql/prometheus3/lifecycle/api_timelines.jsonl"
private let moments = "promql/prometheus3/lifecycle/snapshots.jsonl"

@Suite(.enabled(if: SharedMaterial.has(recording), SharedMaterial.missing))
struct TimelineTests {
    @Test func `groups live as a real Prometheus let them live, over reload and restart`() throws {
        #expect(lines.count > 10)
        for line in lines {
            let (timeline, replay) = try replay(Data(line))
            compare(timeline, replay)
        }
    }

    @Test func `whole answers of its API, of groups and of alerts, are what ours come to`() throws {
        let snapshots = try SharedMaterial.rows(moments, as: Snapshot.self)
        #expect(snapshots.count > 3)
        var compared = 0
        for line in lines {
            let (timeline, replay) = try replay(Data(line))
            for snapshot in snapshots where !isLate(timeline) {
                guard let group = snapshot.group(replay.groupName),
                    let evaluated = group.evaluated,
                    let change = replay.changes.last(where: { $0.at <= evaluated + 1 })
                else { continue }
                compared += 1
                #expect(change.rules == group.rules.map(\.comparable), "\(snapshot.id)")
                #expect(snapshot.lists(group), "\(snapshot.id) \(group.name)")
            }
        }
        #expect(compared > 30)
    }

    private var lines: [Data] {
        (SharedMaterial.bytes(recording) ?? Data()).split(separator: UInt8(ascii: "\n"))
    }

    private func replay(_ line: Data) throws -> (Timeline, TimelineReplay) {
        let timeline = try JSONDecoder().decode(Timeline.self, from: line)
        let row = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
        let after = row["group_after_reload"]
        let before = try #require(try group(row["group"]))
        let replay = TimelineReplay(
            timeline, before, after: try group(after), isChangedByReload: after != nil)
        try replay.run()
        return (timeline, replay)
    }

    private func compare(_ timeline: Timeline, _ replay: TimelineReplay) {
        // Whether a poll came between the restart and the first evaluation is chance.
        let restart = timeline.time(of: "start")
        let moments = timeline.timeline.filter { moment in
            let isUnknown = moment.rules?.allSatisfy { $0.health == "unknown" } ?? true
            return !isUnknown || (moment.rules != nil && moment.at < restart)
        }
        var expected: [(moment: Timeline.Moment, rules: [[String]])] = []
        for moment in moments {
            let rules = (moment.rules ?? []).map(\.comparable)
            if expected.last?.rules != rules { expected.append((moment, rules)) }
        }
        #expect(replay.changes.count == expected.count, "\(timeline.name)")
        for (change, (moment, rules)) in zip(replay.changes, expected) {
            let begun = moment.at - (timeline.timeline.first?.at ?? 0)
            #expect(change.rules == rules, "\(timeline.name) after \(begun) ms")
            // Polls began after the first evaluation, and saw the others up to 250 ms late.
            let delay = moment.at - change.at
            let late: Int64 = isLate(timeline) ? 1300 : 300
            #expect(
                begun < 2000 || (0...late).contains(delay), "\(timeline.name) after \(begun) ms")
        }
        guard !isLate(timeline) else { return }
        for series in timeline.written {
            let points = series.points.map { "\($0.time) \(Double($0.value) ?? .nan)" }
            #expect(
                replay.written[Labels(series.metric)] == points, "\(timeline.name) \(series.metric)"
            )
        }
        let written = Set(timeline.written.map { Labels($0.metric) })
        #expect(Set(replay.written.keys) == written, "\(timeline.name)")
    }

    /// Here the server restored an alert half a millisecond after its evaluation, and so the alert
    /// fired an evaluation later.
    private func isLate(_ timeline: Timeline) -> Bool { timeline.name == "restart_firing" }

    /// A group as it stood in the server's rule file, which was JSON, and so YAML.
    private func group(_ value: Any?) throws -> RuleGroup? {
        guard let value, !(value is NSNull) else { return nil }
        let file = try JSONSerialization.data(withJSONObject: ["groups": [value]])
        let read = RuleFile.read(String(decoding: file, as: UTF8.self), file: "rules.json")
        #expect(read.problems.isEmpty)
        return read.groups.first
    }
}
