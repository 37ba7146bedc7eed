// HistogramFunctions: quantiles and shares out of classic histograms.
import Events

extension Evaluation {
    func histogramQuantile(_ arguments: [Node], at time: Int64) throws(EvaluationError) -> Vector {
        let quantile = try scalar(arguments[0], at: time)
        if !(0...1).contains(quantile) { note(.invalidQuantile(quantile), arguments[0]) }
        return try overHistograms(arguments[1], at: time) { buckets in
            let now = Instant(milliseconds: time)
            if let fixes = buckets.prepareForQuantile(at: now), (0...1).contains(quantile) {
                note(.fixedMonotonicity(fixes), arguments[1])
            }
            return buckets.quantile(quantile)
        }
    }

    func histogramFraction(_ arguments: [Node], at time: Int64) throws(EvaluationError) -> Vector {
        let lower = try scalar(arguments[0], at: time)
        let upper = try scalar(arguments[1], at: time)
        return try overHistograms(arguments[2], at: time) { buckets in
            buckets.fraction(from: lower, to: upper)
        }
    }

    /// One value for each histogram: for the series that only differ in `le`.
    private func overHistograms(
        _ node: Node, at time: Int64, _ value: (inout Buckets) -> Double
    ) throws(EvaluationError) -> Vector {
        let vector = try vector(node, at: time)
        let (groups, members) = members(of: vector, Grouping(.except, ["le"]))
        let bounds = vector.column.bucketBounds
        var (rows, values): ([Int32], [Double]) = ([], [])
        for (group, places) in members.enumerated() {
            var buckets = Buckets()
            for place in places {
                if let bound = bounds[vector.row(place)] {
                    buckets.add(bound: bound, count: vector.values[place])
                } else {
                    note(.badBucketLabel(vector.labels(place)["le"]), node)
                }
            }
            guard !buckets.isEmpty else { continue }
            buckets.sort()
            rows.append(Int32(group))
            values.append(value(&buckets))
        }
        let column = groups.column.withoutMetadata
        return try Vector(column, ascending: rows, values: values).checkedForDoubles()
    }
}
