// RangeFunction: a function that makes one value of a series' samples in a window.

import Events

/// What a function over a range gives for one series; nil where it has too few samples.
struct RangeFunction: Sendable {
    /// A window, the other arguments, and the time of evaluation in milliseconds.
    typealias Apply = @Sendable (Window, [Double], Int64) throws(EvaluationError) -> Double?

    let apply: Apply
    /// Whether results are values of the metric itself, and keep its name.
    var keepsName = false
    /// Whether it makes sense of counters only: others are remarked.
    var wantsCounter = false
    /// Whether its first argument is a quantile, remarked where it is none.
    var takesQuantile = false

    static let all: [String: RangeFunction] = rates.merging(overTime) { one, _ in one }
        .merging(trends) { one, _ in one }
}

extension Evaluation {
    func overRange(
        _ function: RangeFunction, _ window: Node, _ arguments: [Node], at time: Int64
    ) throws(EvaluationError) -> Vector {
        var numbers: [Double] = []
        for argument in arguments { numbers.append(try scalar(argument, at: time)) }
        var (rows, values): ([Int32], [Double]) = ([], [])
        let column = try forEachWindow(of: window, at: time) {
            (row, window) throws(EvaluationError) in
            guard let value = try function.apply(window, numbers, time) else { return }
            rows.append(Int32(row))
            values.append(value)
        }
        if function.wantsCounter { noteNonCounters(column, rows, window) }
        if function.takesQuantile, !rows.isEmpty, let quantile = numbers.first,
            !(0...1).contains(quantile)
        {
            note(.invalidQuantile(quantile), arguments[0])
        }
        let vector = Vector(
            function.keepsName ? column : column.withoutMetadata, ascending: rows, values: values)
        return try vector.checkedForDoubles()
    }

    /// Remarks metrics that are no counters by their names.
    private func noteNonCounters(_ column: LabelColumn, _ rows: [Int32], _ window: Node) {
        let suffixes = ["_total", "_sum", "_count", "_bucket"]
        let doubtful = column.metricNames.filter { name in
            !name.isEmpty && !suffixes.contains { name.hasSuffix($0) }
        }
        guard !doubtful.isEmpty else { return }
        for name in Set(rows.map { column[Int($0)].metricName }).intersection(doubtful).sorted() {
            if case .subquery = window.operation {
                notes.append(Note(remark: .notACounter(name), subject: nil))
            } else {
                note(.notACounter(name), window)
            }
        }
    }
}
