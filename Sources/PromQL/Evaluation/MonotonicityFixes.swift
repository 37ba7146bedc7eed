// MonotonicityFixes: what was mended in histograms whose counts went down.
import Events

/// Buckets whose counts went down, and were lifted: where, how much, how often.
struct MonotonicityFixes: Hashable {
    var lowest: Double
    var highest: Double
    var greatest: Double
    var count: Int
    var from: Instant
    var to: Instant

    /// All are equal: those of one part become one remark.
    static func == (one: Self, other: Self) -> Bool { true }
    func hash(into hasher: inout Hasher) {}

    mutating func merge(_ other: Self) {
        lowest = min(lowest, other.lowest)
        highest = max(highest, other.highest)
        greatest = max(greatest, other.greatest)
        count += other.count
        from = min(from, other.from)
        to = max(to, other.to)
    }

    var message: String {
        """
        input to histogram_quantile needed to be fixed for monotonicity (see \
        https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile), \
        from buckets \(lowest.general) to \(highest.general), with a max diff of \
        \(greatest.twoDigits), over \(count) samples from \(from.timestamp) to \(to.timestamp)
        """
    }
}
