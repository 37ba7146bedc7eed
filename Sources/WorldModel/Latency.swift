// Latency: counts and percentiles of spans.
import Events

/// What a set of spans comes to.
package struct LatencySummary: Sendable, Equatable {
    package var count = 0
    package var errors = 0
    /// Microseconds; nil where no span has a duration.
    package var p50: Int64?
    package var p95: Int64?
    package var p99: Int64?

    /// Errors for each hundred spans; nil where there are none.
    package var errorPercent: Double? {
        count == 0 ? nil : Double(errors) * 100 / Double(count)
    }

    init() {}

    /// Percentiles by nearest rank: the smallest duration that at least q of them do not exceed.
    init(count: Int, errors: Int, durations: consuming [Int64]) {
        (self.count, self.errors) = (count, errors)
        var durations = durations
        guard !durations.isEmpty else { return }
        durations.sort()
        func rank(_ hundredths: Int) -> Int64 {
            durations[(durations.count * hundredths + 99) / 100 - 1]
        }
        (p50, p95, p99) = (rank(50), rank(95), rank(99))
    }
}

/// Durations by size: each bucket is √2 wider than the one before.
package struct DurationHistogram: Sendable, Equatable {
    /// From 64 µs to about 18 minutes.
    package static let buckets = 48
    package private(set) var counts: [UInt32] = Array(repeating: 0, count: buckets)
    package private(set) var total: UInt32 = 0

    /// The bucket of a duration in microseconds.
    package static func bucket(of microseconds: Int64) -> Int {
        guard microseconds > 64 else { return 0 }
        // A clock that was 0 once makes durations of decades: all of them are in the last bucket.
        let scaled = min(microseconds, 1 << 40) / 64
        let octave = Int64.bitWidth - 1 - scaled.leadingZeroBitCount
        // √2 in 1/1024: the upper half of the octave begins there.
        let isUpper = scaled * 1024 >= (Int64(1) << octave) * 1448
        return min(buckets - 1, octave * 2 + (isUpper ? 1 : 0))
    }

    /// The shortest duration of a bucket, in microseconds.
    package static func lowerBound(of bucket: Int) -> Double {
        let octave = Double(Int64(64) << Int64(min(40, bucket / 2)))
        return bucket.isMultiple(of: 2) ? octave : octave * 1.414_213_56
    }

    mutating func add(_ microseconds: Int64) {
        counts[Self.bucket(of: microseconds)] += 1
        total += 1
    }

    mutating func remove(_ microseconds: Int64) {
        let bucket = Self.bucket(of: microseconds)
        guard counts[bucket] > 0 else { return }
        counts[bucket] -= 1
        total -= 1
    }

    mutating func add(_ other: DurationHistogram) {
        for bucket in counts.indices { counts[bucket] += other.counts[bucket] }
        total += other.total
    }

    /// About the q-th quantile in microseconds, interpolated in its bucket; nil where it is empty.
    package func quantile(_ q: Double) -> Double? {
        guard total > 0 else { return nil }
        var left = q * Double(total)
        for bucket in counts.indices where counts[bucket] > 0 {
            let count = Double(counts[bucket])
            if left <= count {
                let low = Self.lowerBound(of: bucket)
                return low + low * 0.414_213_56 * max(0, left) / count
            }
            left -= count
        }
        return Self.lowerBound(of: Self.buckets - 1)
    }
}
