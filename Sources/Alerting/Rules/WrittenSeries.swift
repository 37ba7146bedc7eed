// WrittenSeries: the series that a rule wrote, so that those it no longer writes get a marker.
import Events
import PromQL

struct WrittenSeries {
    private var labels: Set<Labels> = []

    /// Writes a rule's samples, and ends the series that it wrote before and does not write now.
    mutating func write(_ samples: [Sample], to store: SeriesStore, at time: Instant) {
        var written = Set<Labels>(minimumCapacity: samples.count)
        for sample in samples {
            store.append(sample.value, to: sample.labels, at: time)
            written.insert(sample.labels)
        }
        for gone in labels.subtracting(written) { store.append(.stale, to: gone, at: time) }
        labels = written
    }

    /// Has another's series ended as well when the rule is next evaluated.
    mutating func take(over other: WrittenSeries) { labels.formUnion(other.labels) }
}
