// TargetKit: a feed of scraped targets on laid answers, and what its events come to in a store.
import Events
import Feeds
import Network
import PromQL
import TestKit

/// An exposition as a target answers it.
func exposition(_ text: String, _ type: String = "text/plain; version=0.0.4") -> HTTPAnswer {
    HTTPAnswer(status: 200, headers: ["Content-Type": type], body: Array(text.utf8))
}

func targets(
    _ client: any HTTPClient, _ url: String = "http://node:9100/metrics",
    resolver: any ServiceResolver = NoResolver(),
    _ change: (inout FeedSettings) -> Void = { _ in }
) -> PrometheusTargets {
    var settings = FeedSettings(name: "node", kind: .metrics, worlds: [.metrics], url: url)
    change(&settings)
    return PrometheusTargets(
        settings: settings, source: settings.sources[0], client: client, resolver: resolver)
}

extension Listener {
    var metricEvents: [MetricEvent] {
        events.compactMap { event in
            guard case .metrics(_, let told) = event else { return nil }
            return told
        }
    }

    /// The samples that the events told, as `name{a="b"} 1@0 2@15 stale@30`, in seconds.
    ///
    /// What the feed says of its own scrapes is left out, but for `up`.
    var written: [String] {
        let store = SeriesStore()
        var series = ScrapedSeries()
        for event in metricEvents { series.take(event, from: "node/metrics", into: store) }
        return store.dump.filter { !$0.hasPrefix("scrape_") }
    }
}

extension SeriesStore {
    /// Each series with its samples, in order of the labels.
    var dump: [String] {
        let evaluator = Evaluator(self)
        guard let all = try? Expression.parse("{__name__=~\".+\"}[10h]"),
            case .matrix(let series) = try? evaluator.evaluate(all, at: .second(3600)).value
        else { return [] }
        return series.map { series in
            let points = series.points.map { "\($0.value.brief)@\($0.time.milliseconds / 1000)" }
            return ([series.labels.brief] + points).joined(separator: " ")
        }.sorted()
    }
}

extension MetricEvent {
    var scrape: Scrape {
        switch self {
        case .scraped(let scrape), .failed(let scrape): scrape
        }
    }
}

extension Listener {
    /// The value of a metric at these seconds, as a query sees it; empty where it has none.
    func lookups(_ name: String, at seconds: [Int]) -> [String] {
        let store = SeriesStore()
        var series = ScrapedSeries()
        for event in metricEvents { series.take(event, from: "node/metrics", into: store) }
        let evaluator = Evaluator(store)
        guard let expression = try? Expression.parse(name) else { return [] }
        return seconds.map { second in
            guard
                case .vector(let samples) = try? evaluator.evaluate(expression, at: .second(second))
                    .value
            else { return "?" }
            return samples.map(\.value.brief).joined(separator: " ")
        }
    }
}
