// SeriesLoader: a test's series, given to a store as time goes by.
import Events
import PromQL

/// Knows of each series how far it was loaded.
struct SeriesLoader {
    private struct Progress {
        var values: ArraySlice<SeriesDescription.Value>
        var id: SeriesID?
    }

    private let store: SeriesStore
    private let start: Instant
    private let interval: Duration
    private var series: [Progress]
    /// How many values of each series were loaded.
    private var loaded = 0

    init(_ test: RuleTest, _ store: SeriesStore) {
        (self.store, start, interval) = (store, test.start, test.interval)
        // Of two descriptions of one series the later counts.
        let values = Dictionary(test.series.map { ($0.labels, $0.values) }) { $1 }
        series = values.sorted { $0.key < $1.key }.map {
            Progress(values: $0.value[...], id: store.series(of: $0.key))
        }
    }

    mutating func load(until now: Instant) {
        while true {
            let time = start + interval * loaded
            guard time <= now else { return }
            for index in series.indices {
                guard let value = series[index].values.popFirst(), let id = series[index].id
                else { continue }
                switch value {
                case .sample(let number): store.append(number, to: id, at: time)
                case .stale: store.markStale(id, at: time)
                case .omitted: break
                }
            }
            loaded += 1
        }
    }
}
