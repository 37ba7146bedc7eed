// Script: series and queries as a text, in the notation of Prometheus' own test scripts.
import Events
import Foundation
import PromQL

/// A script: series that are loaded, and queries with the answers they must have.
///
///     load 1m
///       up{job="api"} 1 1 0
///
///     eval instant at 2m up == 0
///       up{job="api"} 0
///
/// Before the answer may stand `expect fail msg: …`, `expect ordered`, `expect warn msg: …`,
/// `expect info msg: …`; a remark that is not expected is a failure. `clear` forgets the series.
struct Script {
    struct Query {
        enum Times {
            case at(Instant)
            case range(from: Instant, to: Instant, step: Duration)
        }

        let times: Times
        let text: String
        var failure: String?
        var isOrdered = false
        var remarks: Set<String> = []
        var answer: [String] = []
    }

    enum Command {
        case load(interval: Int64, series: [String])
        case query(Query)
        case clear
    }

    private(set) var commands: [Command] = []

    init(_ text: String) throws {
        for line in text.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            if words.isEmpty || words.hasPrefix("#") { continue }
            if line.hasPrefix(" ") { try add(String(words)) } else { try begin(String(words)) }
        }
    }

    private mutating func begin(_ line: String) throws {
        if line == "clear" {
            commands.append(.clear)
        } else if let match = line.wholeMatch(of: /load (\S+)/) {
            let interval = try RecordedCase.milliseconds(String(match.1))
            commands.append(.load(interval: interval, series: []))
        } else if let match = line.wholeMatch(of: /eval instant at (\S+) (.+)/) {
            commands.append(
                .query(Query(times: .at(try Self.instant(match.1)), text: String(match.2))))
        } else if let match = line.wholeMatch(
            of: /eval range from (\S+) to (\S+) step (\S+) (.+)/)
        {
            let step = try RecordedCase.milliseconds(String(match.3))
            let times = Query.Times.range(
                from: try Self.instant(match.1), to: try Self.instant(match.2),
                step: .milliseconds(step))
            commands.append(.query(Query(times: times, text: String(match.4))))
        } else {
            throw Misread(line: line)
        }
    }

    private mutating func add(_ line: String) throws {
        switch commands.popLast() {
        case .load(let interval, let series):
            commands.append(.load(interval: interval, series: series + [line]))
        case .query(var query):
            if let match = line.wholeMatch(of: /expect fail msg: (.+)/) {
                query.failure = String(match.1)
            } else if let match = line.wholeMatch(of: /expect (?:warn|info) msg: (.+)/) {
                query.remarks.insert(String(match.1))
            } else if line == "expect ordered" {
                query.isOrdered = true
            } else {
                query.answer.append(line)
            }
            commands.append(.query(query))
        case .clear, nil: throw Misread(line: line)
        }
    }

    private static func instant(_ text: Substring) throws -> Instant {
        if text == "0" { return .at(0) }
        return Instant(milliseconds: try RecordedCase.milliseconds(String(text)))
    }

    struct Misread: Error { let line: String }
}

extension Script.Query {
    /// What is wrong with the evaluator's answer; nil where it is as expected.
    func complaint(_ evaluator: Evaluator) -> String? {
        do {
            let expression = try Expression.parse(text)
            let answer =
                switch times {
                case .at(let time): try evaluator.evaluate(expression, at: time)
                case .range(let start, let end, let step):
                    try evaluator.evaluate(expression, from: start, to: end, step: step)
                }
            if let failure { return "no failure, wanted \(failure)" }
            let remarks = Set(answer.annotations.map { $0.description(in: text) })
            guard remarks == self.remarks else { return "remarks \(remarks.sorted())" }
            return try complaint(answer.value)
        } catch {
            return "\(error)" == failure ? nil : "failed: \(error)"
        }
    }

    private func complaint(_ value: Value) throws -> String? {
        if case .scalar(let number) = value {
            return answer.count == 1 && number.isNear(answer[0]) ? nil : "got \(number)"
        }
        if case .string(let text) = value { return answer == [text.quoted] ? nil : "got \(text)" }
        var wanted = try answer.map { try SeriesDescription.parse($0) }
        var series = points(of: value)
        if !isOrdered {
            wanted.sort { $0.labels < $1.labels }
            series.sort { $0.labels < $1.labels }
        }
        let fits =
            series.count == wanted.count
            && zip(series, wanted).allSatisfy { mine, its in
                mine.labels == its.labels && isNear(mine.points, its.values)
            }
        return fits ? nil : "got \(series.map { "\($0.labels) \($0.points.map(\.value))" })"
    }

    private func points(of value: Value) -> [SampleSeries] {
        switch value {
        case .vector(let samples):
            samples.map { SampleSeries($0.labels, [.init(.at(0), $0.value)]) }
        case .matrix(let series): series
        case .scalar, .string: []
        }
    }

    /// A missing point of a range is written `_`; a range vector's samples stand one after the other.
    private func isNear(
        _ points: [SampleSeries.Point], _ values: [SeriesDescription.Value]
    ) -> Bool {
        guard case .range(let start, _, let step) = times else {
            return points.count == values.count
                && zip(points, values).allSatisfy { point, value in
                    guard case .sample(let number) = value else { return false }
                    return point.value.isNear(number.description)
                }
        }
        var wanted: [SampleSeries.Point] = []
        for (place, value) in values.enumerated() {
            guard case .sample(let number) = value else { continue }
            let time = start + .milliseconds(Int64(place) * step.milliseconds)
            wanted.append(.init(time, number))
        }
        return points.count == wanted.count
            && zip(points, wanted).allSatisfy {
                $0.time == $1.time && $0.value.isNear($1.value.description)
            }
    }
}
