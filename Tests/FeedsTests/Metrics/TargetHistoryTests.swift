// TargetHistoryTests: whatever a target exposes in turn, the store holds what it exposed last.
import Events
import Feeds
import PromQL
import TestKit
import Testing

/// What a target exposes at one scrape: values by series; nil where it cannot be read.
private typealias Exposed = [String: Double]?

private struct History {
    private var random: Generator
    private static let names = [
        "a", "b{x=\"1\"}", "b{x=\"2\"}", "c{y=\"z\"}", "d", "e{instance=\"i\"}",
    ]

    init(seed: UInt64) {
        random = Generator(state: seed)
    }

    mutating func next() -> Exposed {
        guard Int.random(in: 0..<8, using: &random) > 0 else { return nil }
        var values: [String: Double] = [:]
        for name in Self.names where Bool.random(using: &random) {
            values[name] = [0, 1, -2.5, .nan, .infinity].randomElement(using: &random)
        }
        return values
    }

    mutating func text(of exposed: Exposed) -> String {
        guard let exposed else { return "a 1\nbroken" }
        return exposed.shuffled(using: &random).map { "\($0.key) \($0.value)\n" }.joined()
    }
}

struct TargetHistoryTests {
    @Test(arguments: 1...20)
    func `the store holds what was exposed last, whatever came before`(seed: UInt64) async {
        var history = History(seed: seed)
        let past = (0..<40).map { _ in history.next() }
        let texts = past.map { history.text(of: $0) }
        let listener = Listener(pauses: past.count - 1)
        await supervise(targets(Shelf(["/metrics": texts.map { exposition($0) }])), listener)
        let store = SeriesStore()
        var series = ScrapedSeries()
        let evaluator = Evaluator(store)
        #expect(listener.metricEvents.count == past.count)
        for (event, exposed) in zip(listener.metricEvents, past) {
            series.take(event, from: "node/metrics", into: store)
            let found = Self.values(evaluator, at: event.scrape.at)
            let wanted = (exposed ?? [:]).map { Self.line($0.key, $0.value) }.sorted()
            #expect(found == wanted)
        }
    }

    /// `b{x="1"} 2`, without the labels of the target.
    private static func values(_ evaluator: Evaluator, at time: Instant) -> [String] {
        guard let all = try? Expression.parse("{__name__=~\"[a-e]\"}"),
            case .vector(let samples) = try? evaluator.evaluate(all, at: time).value
        else { return ["no vector"] }
        return samples.map { sample in
            var labels = sample.labels.dropping(["job", "instance", "exported_instance"])
            labels["instance"] = sample.labels["exported_instance"]
            return line(labels.brief, sample.value)
        }.sorted()
    }

    private static func line(_ series: String, _ value: Double) -> String { "\(series) \(value)" }
}
