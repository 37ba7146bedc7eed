// Trends: where a series is going.

extension RangeFunction {
    static let trends: [String: RangeFunction] = [
        "deriv": RangeFunction(apply: { (window, _, _) in
            window.count > 1 ? window.line(through: window.first.from).slope : nil
        }),
        "predict_linear": RangeFunction(
            apply: { (window, numbers, time) in
                guard window.count > 1 else { return nil }
                let line = window.line(through: time)
                return line.slope * numbers[0] + line.intercept
            }),
    ]
}

extension Window {
    /// The straight line nearest to the samples by least squares: its rise in a second, and its value
    /// at `time`.
    fileprivate func line(through time: Int64) -> (slope: Double, intercept: Double) {
        var (x, y, xy, xx) = (KahanSum(), KahanSum(), KahanSum(), KahanSum())
        let initial = first.value
        guard runs.contains(where: { $0.value != initial }) else {
            // A level line: what sums would give is not as exact.
            return initial.isInfinite ? (.nan, .nan) : (0, initial)
        }
        forEachSample { moment, value in
            let seconds = Double(moment - time) / 1000
            x.add(seconds)
            y.add(value)
            xy.add(seconds * value)
            xx.add(seconds * seconds)
        }
        let count = Double(count)
        let (sumX, sumY) = (x.sum + x.compensation, y.sum + y.compensation)
        let covariance = xy.sum + xy.compensation - sumX * sumY / count
        let variance = xx.sum + xx.compensation - sumX * sumX / count
        let slope = covariance / variance
        return (slope, sumY / count - slope * sumX / count)
    }
}
