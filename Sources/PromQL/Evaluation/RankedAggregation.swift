// RankedAggregation: the largest or smallest values of each group, as they are.
import Events

extension Evaluation {
    /// `topk` and `bottomk`: up to `size` values of each group with their labels, the best first.
    func ranked(
        _ aggregation: Aggregation, _ child: Node, size: Node, at time: Int64
    ) throws(EvaluationError) -> Vector {
        let size = try scalar(size, at: time)
        let vector = try vector(child, at: time)
        guard !(size < 1) else { return .empty }
        guard !size.isNaN else { throw .invalidArgument("Parameter value is NaN") }
        guard size < 0x1p63 else {
            throw .invalidArgument("Scalar value \(size.general) overflows int64")
        }
        let limit = Int(min(size, Double(vector.count)))
        let sign = aggregation.operation == .topk ? -1.0 : 1.0
        let (_, members) = members(of: vector, aggregation.groups)
        var picked: [Int] = []
        for places in members where !places.isEmpty {
            picked += Self.best(places, limit) { sign * vector.values[$0] }
        }
        return vector.picking(picked)
    }

    /// The places with the smallest keys, in ascending order; NaN last, of equals the earlier first.
    private static func best(_ places: [Int], _ limit: Int, _ key: (Int) -> Double) -> [Int] {
        func isBefore(_ one: Double, _ other: Double) -> Bool {
            other.isNaN ? !one.isNaN : one < other
        }
        // A long list is sorted as a whole; a short one only ever holds the best so far.
        guard limit < min(256, places.count) else {
            let sorted = places.map { ($0, key($0)) }.sorted { isBefore($0.1, $1.1) }
            return sorted.prefix(limit).map(\.0)
        }
        var best: [(place: Int, key: Double)] = []
        for place in places {
            let key = key(place)
            if best.count == limit, let worst = best.last, !isBefore(key, worst.key) { continue }
            let position = best.lastIndex { !isBefore(key, $0.key) }.map { $0 + 1 } ?? 0
            best.insert((place, key), at: position)
            if best.count > limit { best.removeLast() }
        }
        return best.map(\.place)
    }
}
