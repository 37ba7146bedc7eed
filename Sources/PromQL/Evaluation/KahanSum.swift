// KahanSum: a sum that keeps what rounding loses.

/// A running sum with a compensation, in Neumaier's form.
struct KahanSum {
    private(set) var sum: Double
    private(set) var compensation: Double

    init(_ sum: Double = 0, compensation: Double = 0) {
        self.sum = sum
        self.compensation = compensation
    }

    @inline(__always)
    mutating func add(_ number: Double) {
        let total = sum + number
        if total.isInfinite {
            compensation = 0
        } else if abs(sum) >= abs(number) {
            compensation += (sum - total) + number
        } else {
            compensation += (number - total) + sum
        }
        sum = total
    }

    /// Adds a number many times: exactly the product, and what its rounding lost.
    mutating func add(_ number: Double, times count: Int) {
        let product = number * Double(count)
        guard count > 1, product.isFinite else {
            for _ in 0..<(number.isFinite ? count : 1) { add(number) }
            return
        }
        add(product)
        guard sum.isFinite else { return }
        compensation += (-product).addingProduct(number, Double(count))
    }

    var value: Double { sum.isInfinite ? sum : sum + compensation }

    /// The mean of `count` numbers whose sum this is.
    func mean(of count: Double) -> Double { sum / count + compensation / count }
}

/// A mean that does not overflow where the sum of its numbers would.
struct RunningMean {
    private var sum: KahanSum
    private var count: Double
    private var isIncremental = false

    init(_ first: Double) {
        sum = KahanSum(first)
        count = 1
    }

    mutating func add(_ number: Double) {
        count += 1
        if !isIncremental {
            var next = sum
            next.add(number)
            guard next.sum.isInfinite else {
                sum = next
                return
            }
            isIncremental = true
            sum = KahanSum(sum.sum / (count - 1), compensation: sum.compensation / (count - 1))
        }
        let weight = (count - 1) / count
        sum = KahanSum(weight * sum.sum, compensation: weight * sum.compensation)
        sum.add(number / count)
    }

    /// Adds a number many times.
    mutating func add(_ number: Double, times more: Int) {
        var next = sum
        next.add(number, times: more)
        guard !isIncremental, next.sum.isFinite else {
            for _ in 0..<more { add(number) }
            return
        }
        sum = next
        count += Double(more)
    }

    var value: Double {
        isIncremental ? sum.sum + sum.compensation : sum.mean(of: count)
    }
}
