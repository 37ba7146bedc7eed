// AggregationFolds: the aggregations that need each value once.

/// What is known of a group's values so far; it begins with the first.
protocol AggregationFold {
    mutating func add(_ value: Double)
    var result: Double { get }
}

struct SumFold: AggregationFold {
    private var sum: KahanSum
    init(_ first: Double) { sum = KahanSum(first) }
    mutating func add(_ value: Double) { sum.add(value) }
    var result: Double { sum.sum + sum.compensation }
}

struct MeanFold: AggregationFold {
    private var mean: RunningMean
    init(_ first: Double) { mean = RunningMean(first) }
    mutating func add(_ value: Double) { mean.add(value) }
    var result: Double { mean.value }
}

struct CountFold: AggregationFold {
    private(set) var result = 1.0
    mutating func add(_ value: Double) { result += 1 }
}

struct GroupFold: AggregationFold {
    mutating func add(_ value: Double) {}
    var result: Double { 1 }
}

/// NaN only counts where there is nothing else.
struct MinFold: AggregationFold {
    var value: Double
    mutating func add(_ other: Double) { if value > other || value.isNaN { value = other } }
    var result: Double { value }
}

/// NaN only counts where there is nothing else.
struct MaxFold: AggregationFold {
    var value: Double
    mutating func add(_ other: Double) { if value < other || value.isNaN { value = other } }
    var result: Double { value }
}

/// The variance of the values as a whole population, by Welford's method.
struct VarianceFold: AggregationFold {
    private let isDeviation: Bool
    private var count = 1.0
    private var mean: Double
    private var squares: Double

    init(_ first: Double, isDeviation: Bool) {
        self.isDeviation = isDeviation
        mean = first
        squares = first.isFinite ? 0 : .nan
    }

    mutating func add(_ value: Double) {
        count += 1
        let distance = value - mean
        mean += distance / count
        squares += distance * (value - mean)
    }

    var result: Double {
        let variance = squares / count
        return isDeviation ? variance.squareRoot() : variance
    }
}
