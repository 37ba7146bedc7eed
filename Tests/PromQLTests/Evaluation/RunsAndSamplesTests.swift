import Events
import PromQL
import Testing

/// Functions read runs where they can: the answer must be that of the samples.
///
/// A subquery with the series' own interval hands each sample on as a run of one.
struct RunsAndSamplesTests {
    private static let functions = [
        "rate(x_total[W])", "increase(x_total[W])", "delta(x_total[W])", "irate(x_total[W])",
        "idelta(x_total[W])", "resets(x_total[W])", "changes(x_total[W])", "deriv(x_total[W])",
        "sum_over_time(x_total[W])", "avg_over_time(x_total[W])", "count_over_time(x_total[W])",
        "min_over_time(x_total[W])", "max_over_time(x_total[W])", "last_over_time(x_total[W])",
        "first_over_time(x_total[W])", "present_over_time(x_total[W])",
        "stdvar_over_time(x_total[W])", "stddev_over_time(x_total[W])",
        "quantile_over_time(0.3, x_total[W])", "predict_linear(x_total[W], 60)",
    ]

    /// Forty series of values that mostly stay, some with a NaN or an Inf among them.
    private static func store(seed: UInt64) -> SeriesStore {
        var numbers = SplitMix(state: seed)
        let store = SeriesStore()
        for series in 0..<40 {
            let labels = Labels(["__name__": "x_total", "series": "\(series)"])
            var value = Double(numbers.next() % 5)
            for tick in 0...80 {
                switch numbers.next() % 10 {
                case 0: value += Double(numbers.next() % 1000) / 7
                case 1: value = 0
                case 2 where series % 10 == 0: value = .nan
                case 2 where series % 10 == 1: value = .infinity
                default: break
                }
                store.append(value, to: labels, at: .at(Double(tick) * 15))
            }
        }
        return store
    }

    @Test(arguments: [UInt64(1), 2, 3])
    func `runs and samples give the same`(seed: UInt64) throws {
        let evaluator = Evaluator(Self.store(seed: seed))
        for function in Self.functions {
            for window in ["15s", "1m", "4m", "10m"] {
                let runs = try Expression.parse(function.replacing("W", with: window))
                let samples = try Expression.parse(
                    function.replacing("W", with: "\(window):15s"))
                for second in [600.0, 607, 1200] {
                    let one = try evaluator.evaluate(runs, at: .at(second)).value
                    let other = try evaluator.evaluate(samples, at: .at(second)).value
                    #expect(one.isNear(other), "\(runs) at \(second)")
                }
            }
        }
    }

    @Test func `a query over a range gives at each step what a query at that moment gives`() throws
    {
        let evaluator = Evaluator(Self.store(seed: 4))
        for text in [
            "sum by (series) (rate(x_total[4m]))", "topk(3, x_total)", "x_total > 5",
            "max_over_time(deriv(x_total[1m])[4m:30s])", "absent(x_total > 1000)",
        ] {
            let expression = try Expression.parse(text)
            let range = try evaluator.evaluate(
                expression, from: .at(300), to: .at(900), step: .seconds(100))
            var points: [Labels: [SampleSeries.Point]] = [:]
            for second in stride(from: 300.0, through: 900, by: 100) {
                guard
                    case .vector(let samples) = try evaluator.evaluate(
                        expression, at: .at(second)
                    ).value
                else { continue }
                for sample in samples {
                    points[sample.labels, default: []].append(.init(.at(second), sample.value))
                }
            }
            let series = points.map { SampleSeries($0.key, $0.value) }
                .sorted { $0.labels < $1.labels }
            #expect(range.value.isNear(.matrix(series)), "\(text)")
        }
    }
}

/// Numbers that are the same for the same seed.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

extension Value {
    /// Whether it is the same value, but for rounding and the order of a vector.
    fileprivate func isNear(_ other: Value) -> Bool {
        switch (self, other) {
        case (.vector(let one), .vector(let two)):
            one.count == two.count
                && zip(one.sorted { $0.labels < $1.labels }, two.sorted { $0.labels < $1.labels })
                    .allSatisfy {
                        $0.labels == $1.labels && $0.value.isNear($1.value.description)
                    }
        case (.matrix(let one), .matrix(let two)):
            one.count == two.count
                && zip(one, two).allSatisfy { mine, its in
                    mine.labels == its.labels && mine.points.count == its.points.count
                        && zip(mine.points, its.points).allSatisfy {
                            $0.time == $1.time && $0.value.isNear($1.value.description)
                        }
                }
        default: self == other
        }
    }
}
