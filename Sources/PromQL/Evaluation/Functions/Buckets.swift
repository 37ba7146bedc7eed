// Buckets: the cumulative counts of a classic histogram.
import Events

/// Counts of observations up to each bound.
struct Buckets {
    private struct Bucket {
        var bound: Double
        var count: Double
    }

    private var buckets: [Bucket] = []

    var isEmpty: Bool { buckets.isEmpty }

    mutating func add(bound: Double, count: Double) {
        buckets.append(Bucket(bound: bound, count: count))
    }

    /// Brings the buckets in order; those of one bound become one.
    mutating func sort() {
        buckets.sort { $0.bound < $1.bound }
        var merged: [Bucket] = []
        for bucket in buckets {
            if let last = merged.indices.last, merged[last].bound == bucket.bound {
                merged[last].count += bucket.count
            } else {
                merged.append(bucket)
            }
        }
        buckets = merged
    }

    private var isComplete: Bool { buckets.last?.bound == .infinity }

    /// Lifts counts that are below the count of a smaller bound.
    ///
    /// Differences that rounding explains are evened out silently.
    ///
    /// - Returns: what had to be lifted; nil where the counts only rose.
    mutating func prepareForQuantile(at time: Instant) -> MonotonicityFixes? {
        guard isComplete, buckets.count > 1 else { return nil }
        var fixes: MonotonicityFixes?
        var highest = buckets[0].count
        for place in buckets.indices.dropFirst() {
            let (bound, count) = (buckets[place].bound, buckets[place].count)
            let isEven = count == highest || Self.isNearly(count, highest)
            guard isEven || count < highest else {
                highest = count
                continue
            }
            buckets[place].count = highest
            guard !isEven else { continue }
            let fix = MonotonicityFixes(
                lowest: bound, highest: bound, greatest: highest - count, count: 1, from: time,
                to: time)
            fixes?.merge(fix)
            fixes = fixes ?? fix
            fixes?.count = 1
        }
        return buckets.last?.count == 0 ? nil : fixes
    }

    private static func isNearly(_ one: Double, _ other: Double) -> Bool {
        guard !one.isNaN, !other.isNaN else { return one.isNaN && other.isNaN }
        let distance = abs(one - other)
        let size = abs(one) + abs(other)
        if one == 0 || other == 0 || size < .leastNormalMagnitude {
            return distance < 1e-12 * .leastNormalMagnitude
        }
        return distance / min(size, .greatestFiniteMagnitude) < 1e-12
    }

    /// The `quantile`-quantile, observations spread evenly within a bucket.
    ///
    /// Where it lies in the last bucket, the last finite bound is told. The first bucket begins at 0,
    /// if its bound is above.
    func quantile(_ quantile: Double) -> Double {
        guard !quantile.isNaN else { return .nan }
        guard quantile >= 0 else { return -.infinity }
        guard quantile <= 1 else { return .infinity }
        guard isComplete, buckets.count > 1, let total = buckets.last?.count, total != 0 else {
            return .nan
        }
        let rank = quantile * total
        let last = buckets.count - 1
        let place = buckets[..<last].firstIndex { $0.count >= rank } ?? last
        if place == last { return buckets[last - 1].bound }
        let bucket = buckets[place]
        if place == 0 {
            return bucket.bound <= 0 ? bucket.bound : bucket.bound * (rank / bucket.count)
        }
        let below = buckets[place - 1]
        let share = (rank - below.count) / (bucket.count - below.count)
        return below.bound + (bucket.bound - below.bound) * share
    }

    /// The share of observations between two values, spread evenly within a bucket.
    func fraction(from lower: Double, to upper: Double) -> Double {
        guard isComplete, let total = buckets.last?.count, total != 0 else { return .nan }
        guard !lower.isNaN, !upper.isNaN else { return .nan }
        guard lower < upper else { return 0 }
        return (rank(of: upper, total) - rank(of: lower, total)) / total
    }

    /// How many observations are not above a value.
    ///
    /// A bucket without an end cannot be divided: the last counts as nothing, the first as a whole.
    private func rank(of value: Double, _ total: Double) -> Double {
        var below = 0.0
        var bound = (buckets.first?.bound ?? 0) > 0 ? 0 : -Double.infinity
        for bucket in buckets {
            if bound >= value { return min(below, total) }
            if bucket.bound > value {
                guard bound > -.infinity else { return bucket.count }
                let share = (value - bound) / (bucket.bound - bound)
                return min(below + (bucket.count - below) * share, total)
            }
            (below, bound) = (bucket.count, bucket.bound)
        }
        return total
    }
}
