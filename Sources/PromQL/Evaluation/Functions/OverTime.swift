// OverTime: aggregations of one series' samples.

extension RangeFunction {
    static let overTime: [String: RangeFunction] = [
        "sum_over_time": RangeFunction(apply: { (window, _, _) in window.sum }),
        "avg_over_time": RangeFunction(apply: { (window, _, _) in window.mean }),
        "count_over_time": RangeFunction(apply: { (window, _, _) in Double(window.count) }),
        "min_over_time": RangeFunction(apply: { (window, _, _) in
            window.best { $0 < $1 }
        }),
        "max_over_time": RangeFunction(apply: { (window, _, _) in
            window.best { $0 > $1 }
        }),
        "first_over_time": RangeFunction(
            apply: { (window, _, _) in window.first.value }, keepsName: true),
        "last_over_time": RangeFunction(
            apply: { (window, _, _) in window.lastValue }, keepsName: true),
        "present_over_time": RangeFunction(apply: { (_, _, _) in 1 }),
        "stdvar_over_time": RangeFunction(apply: { (window, _, _) in window.variance }),
        "stddev_over_time": RangeFunction(apply: { (window, _, _) in
            window.variance.squareRoot()
        }),
        "quantile_over_time": RangeFunction(
            apply: { (window, numbers, _) in window.values.quantile(numbers[0]) },
            takesQuantile: true),
    ]
}

extension Window {
    fileprivate var sum: Double {
        var sum = KahanSum()
        for place in runs.indices { sum.add(runs[place].value, times: count(ofRun: place)) }
        return sum.value
    }

    fileprivate var mean: Double {
        var mean = RunningMean(first.value)
        let more = count(ofRun: 0) - 1
        if more > 0 { mean.add(first.value, times: more) }
        for place in 1..<max(1, runs.count) {
            mean.add(runs[place].value, times: count(ofRun: place))
        }
        return mean.value
    }

    /// The value that beats all others; NaN only where there is nothing else.
    fileprivate func best(_ beats: (Double, Double) -> Bool) -> Double {
        var best = first.value
        for run in runs where beats(run.value, best) || best.isNaN { best = run.value }
        return best
    }

    /// The variance of the samples as a whole population, by Welford's method.
    fileprivate var variance: Double {
        var count = 0.0
        var (mean, squares) = (KahanSum(), KahanSum())
        forEachSample { _, value in
            count += 1
            let distance = value - (mean.sum + mean.compensation)
            mean.add(distance / count)
            squares.add(distance * (value - (mean.sum + mean.compensation)))
        }
        return (squares.sum + squares.compensation) / count
    }

    fileprivate var values: [Double] {
        var values: [Double] = []
        values.reserveCapacity(count)
        forEachSample { values.append($1) }
        return values
    }
}
