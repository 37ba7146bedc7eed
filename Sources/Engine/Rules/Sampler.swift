// Sampler: the world's own metrics and scraped ones, written into the series store as they change.
import Events
import PromQL
import WorldModel

/// Samples part by part: what did not change goes on by itself.
struct Sampler {
    /// As often a value that stays is a sample: what range functions see of a quiet series.
    static let interval = Duration.seconds(5)

    let store: SeriesStore
    /// What is not read is not made.
    var interest: MetricInterest
    private var known: [MetricPart: [Labels: Held]] = [:]
    private var scraped = ScrapedSeries()

    private struct Held {
        var id: SeriesID
        var value: Double
    }

    /// The metrics of targets whose last scrape failed, by their label `instance`.
    var failingTargets: [String: Set<String>] { scraped.failingTargets }

    init(_ store: SeriesStore, for interest: MetricInterest) {
        (self.store, self.interest) = (store, interest)
    }

    /// Writes the samples of all that was touched.
    ///
    /// - Returns: the names of the metrics that have another value now.
    mutating func sample(_ touched: Touched, of world: World) -> Set<String> {
        var parts = touched.parts
        if touched.allServices {
            parts.formUnion(world.registry.sickestFirst.lazy.map { .service($0.name) })
            parts.formUnion(gone(from: world))
        }
        var names: Set<String> = []
        for part in parts { names.formUnion(sample(part, of: world)) }
        for scrape in touched.scrapes {
            names.formUnion(scraped.take(scrape.event, from: scrape.feed, into: store))
        }
        return names
    }

    /// Writes the samples of a part as they are now; series that are gone become stale.
    ///
    /// - Returns: the names of the metrics that have another value now.
    mutating func sample(_ part: MetricPart, of world: World) -> Set<String> {
        guard interest.touches(part) else { return [] }
        var left = known.removeValue(forKey: part) ?? [:]
        var kept: [Labels: Held] = [:]
        var names: Set<String> = []
        for sample in world.samples(of: part, for: interest) {
            let before = left.removeValue(forKey: sample.labels)
            // What nobody changed wakes no rule: addresses of 10,000 services come for minutes.
            if before?.value != sample.value { names.insert(sample.labels.metricName) }
            if let id = hold(sample, before?.id, at: world.now) {
                kept[sample.labels] = Held(id: id, value: sample.value)
            }
        }
        for (labels, held) in left {
            names.insert(labels.metricName)
            store.markStale(held.id, at: world.now)
        }
        if !kept.isEmpty { known[part] = kept }
        return names
    }

    /// Services that are gone are parts of which nothing is left.
    private func gone(from world: World) -> [MetricPart] {
        known.keys.filter { part in
            if case .service(let name) = part { world.registry[name] == nil } else { false }
        }
    }

    /// Where a series was forgotten meanwhile it is made again; nil where the store is full.
    private func hold(_ sample: MetricSample, _ known: SeriesID?, at now: Instant) -> SeriesID? {
        let interval = Self.interval
        if let known, store.hold(sample.value, of: known, from: now, every: interval) {
            return known
        }
        guard let made = store.series(of: sample.labels) else { return nil }
        store.hold(sample.value, of: made, from: now, every: interval)
        return made
    }
}
