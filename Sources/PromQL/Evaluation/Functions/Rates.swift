// Rates: how much a counter or a gauge changed in a window, and how fast.

extension RangeFunction {
    static let rates: [String: RangeFunction] = [
        "rate": RangeFunction(
            apply: { (window, _, _) in
                window.extrapolatedChange(ofCounter: true).map { $0 / window.seconds }
            }, wantsCounter: true),
        "increase": RangeFunction(
            apply: { (window, _, _) in window.extrapolatedChange(ofCounter: true) },
            wantsCounter: true),
        "delta": RangeFunction(apply: { (window, _, _) in
            window.extrapolatedChange(ofCounter: false)
        }),
        "irate": RangeFunction(apply: { (window, _, _) in window.newestChange(perSecond: true) }),
        "idelta": RangeFunction(apply: { (window, _, _) in window.newestChange(perSecond: false) }),
        "resets": RangeFunction(apply: { (window, _, _) in
            window.countPairs { $1 < $0 }
        }),
        "changes": RangeFunction(apply: { (window, _, _) in
            window.countPairs { $0 != $1 && !($0.isNaN && $1.isNaN) }
        }),
    ]
}

extension Window {
    /// The length of the window in seconds.
    fileprivate var seconds: Double { Double(end - start) / 1000 }

    /// The change from the first to the last sample, stretched to the window's bounds.
    ///
    /// It is stretched to a bound that is near, up to 1.1 times the samples' mean distance; else by
    /// half of that distance. A counter is not stretched below zero, and each time it falls it is
    /// taken to have begun anew.
    fileprivate func extrapolatedChange(ofCounter isCounter: Bool) -> Double? {
        let last = lastTime
        guard last > first.from else { return nil }
        var change = lastValue - first.value
        if isCounter { change += lostAtResets }

        let covered = Double(last - first.from) / 1000
        let distance = covered / Double(count - 1)
        let threshold = distance * 1.1
        var toStart = Double(first.from - start) / 1000
        if toStart >= threshold { toStart = distance / 2 }
        if isCounter, change > 0, first.value >= 0 {
            toStart = min(toStart, covered * (first.value / change))
        }
        var toEnd = Double(end - last) / 1000
        if toEnd >= threshold { toEnd = distance / 2 }
        return change * ((covered + toStart + toEnd) / covered)
    }

    /// What a counter had counted each time it began anew.
    private var lostAtResets: Double {
        var lost = 0.0
        var previous = first.value
        for place in 1..<max(1, runs.count) {
            let value = runs[place].value
            if value < previous { lost += previous }
            previous = value
        }
        return lost
    }

    /// The change between the two newest samples.
    ///
    /// A rate takes a fall for a counter's new beginning.
    fileprivate func newestChange(perSecond: Bool) -> Double? {
        guard let previous = secondToLast else { return nil }
        let isReset = perSecond && lastValue < previous.value
        let change = isReset ? lastValue : lastValue - previous.value
        return perSecond ? change / (Double(lastTime - previous.time) / 1000) : change
    }

    /// How many samples stand in a relation to the one before; within a run none does.
    fileprivate func countPairs(_ isCounted: (Double, Double) -> Bool) -> Double {
        var count = 0.0
        for place in 1..<max(1, runs.count)
        where isCounted(runs[place - 1].value, runs[place].value) {
            count += 1
        }
        return count
    }
}
