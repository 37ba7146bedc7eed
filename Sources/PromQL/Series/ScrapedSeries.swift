// ScrapedSeries: the events of scraped targets, written into a store as samples.
package import Events

/// Knows which series every number stands for, and its value, which events do not repeat.
///
/// Staleness markers are made here: of a series that is gone, and of all series of a target that
/// could not be scraped. The samples of one scrape have its time, as in Prometheus.
package struct ScrapedSeries {
    private struct Target: Hashable {
        var feed: FeedID
        var name: String
    }

    fileprivate struct Held {
        var labels: Labels
        var id: SeriesID?
        /// What each scrape samples until another value is told; nil while the series is stale, or
        /// brings times of its own.
        var value: Double?
    }

    private var held: [Target: [Int: Held]] = [:]
    /// What they had beside what is told of a target that fails: that it is not up.
    private var failing: [Target: Set<String>] = [:]

    /// The metrics that targets had whose last scrape failed, by the target's name.
    package var failingTargets: [String: Set<String>] {
        Dictionary(failing.map { ($0.key.name, $0.value) }) { $0.union($1) }
    }

    package init() {}

    /// Writes what an event of `feed` tells; events come in their order.
    ///
    /// - Returns: the names of the metrics that have another value now, or none any more.
    @discardableResult
    package mutating func take(
        _ event: MetricEvent, from feed: FeedID, into store: SeriesStore
    ) -> Set<String> {
        switch event {
        case .scraped(let scrape): take(scrape, isWhole: true, from: feed, into: store)
        case .failed(let scrape): take(scrape, isWhole: false, from: feed, into: store)
        }
    }

    private mutating func take(
        _ scrape: Scrape, isWhole: Bool, from feed: FeedID, into store: SeriesStore
    ) -> Set<String> {
        let target = Target(feed: feed, name: scrape.target)
        // Taken out, so that it is changed in place.
        var series = held.removeValue(forKey: target) ?? [:]
        for (offset, labels) in scrape.series.enumerated() {
            series[scrape.firstNumber + offset] = Held(labels: labels)
        }
        let told = Set(scrape.readings.map(\.number))
        let before = isWhole ? [] : series.keys.filter { !told.contains($0) }
        let touched = told.union(before).union(scrape.gone)
        let names = Set(touched.compactMap { series[$0]?.labels.metricName })
        for number in before + scrape.gone { series[number]?.end(at: scrape.at, in: store) }
        for number in scrape.gone { series[number] = nil }
        for reading in scrape.readings { series[reading.number]?.take(reading, into: store) }
        for number in series.keys { series[number]?.sample(at: scrape.at, into: store) }
        if isWhole || series.isEmpty {
            failing[target] = nil
        } else if failing[target] == nil {
            let told = series.filter { told.contains($0.key) }.values.map(\.labels.metricName)
            failing[target] = Set(series.values.map(\.labels.metricName)).subtracting(told)
        }
        if !series.isEmpty { held[target] = series }
        return names
    }
}

extension ScrapedSeries.Held {
    fileprivate mutating func take(_ reading: Reading, into store: SeriesStore) {
        value = reading.at == nil ? reading.value : nil
        if let at = reading.at { append(reading.value, at: at, to: store) }
    }

    fileprivate mutating func sample(at time: Instant, into store: SeriesStore) {
        if let value { append(value, at: time, to: store) }
    }

    fileprivate mutating func end(at time: Instant, in store: SeriesStore) {
        guard value != nil else { return }
        append(.stale, at: time, to: store)
        value = nil
    }

    /// A series that the store forgot meanwhile is asked for again.
    private mutating func append(_ value: Double, at time: Instant, to store: SeriesStore) {
        if let id, store.append(value, to: id, at: time) { return }
        id = store.series(of: labels)
        if let id { store.append(value, to: id, at: time) }
    }
}
