// Sampler: the world's own metrics, written into the series store as they change.
import Events
import PromQL
import WorldModel

/// Samples part by part: what did not change goes on by itself.
struct Sampler {
    /// As often a value that stays is a sample: what range functions see of a quiet series.
    static let interval = Duration.seconds(5)

    let store: SeriesStore
    /// What is not read is not made.
    let interest: MetricInterest
    private var known: [MetricPart: [Labels: SeriesID]] = [:]

    init(_ store: SeriesStore, for interest: MetricInterest) {
        (self.store, self.interest) = (store, interest)
    }

    /// Writes the samples of a part as they are now; series that are gone become stale.
    ///
    /// - Returns: the names of the metrics it wrote.
    mutating func sample(_ part: MetricPart, of world: World) -> Set<String> {
        guard interest.touches(part) else { return [] }
        var left = known.removeValue(forKey: part) ?? [:]
        var kept: [Labels: SeriesID] = [:]
        var names: Set<String> = []
        for sample in world.samples(of: part, for: interest) {
            names.insert(sample.labels.metricName)
            if let id = hold(sample, left.removeValue(forKey: sample.labels), at: world.now) {
                kept[sample.labels] = id
            }
        }
        for (labels, id) in left {
            names.insert(labels.metricName)
            store.markStale(id, at: world.now)
        }
        if !kept.isEmpty { known[part] = kept }
        return names
    }

    /// Services that are gone are parts of which nothing is left.
    func gone(from world: World) -> [MetricPart] {
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
