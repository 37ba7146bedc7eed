// SelectorEvaluation: instant vectors, range vectors and subqueries out of the store.
import Events

extension Evaluation {
    /// The newest sample of each series, not older than the lookback.
    func select(
        _ selection: Selection, _ modifiers: TimeModifiers, at time: Int64
    ) throws(EvaluationError) -> Vector {
        try select(selection, modifiers, at: time) { $0.value }
    }

    /// What `pick` takes of the newest sample of each series: its value, or when it was taken.
    func select(
        _ selection: Selection, _ modifiers: TimeModifiers, at time: Int64,
        _ pick: ((time: Int64, value: Double)) -> Double
    ) throws(EvaluationError) -> Vector {
        let end = try moment(modifiers, at: time)
        try refresh(selection)
        var (rows, values): ([Int32], [Double]) = ([], [])
        rows.reserveCapacity(selection.slots.count)
        values.reserveCapacity(selection.slots.count)
        for (row, slot) in selection.slots.enumerated() {
            guard let sample = store.newest(of: slot, after: end - lookback, until: end) else {
                continue
            }
            rows.append(Int32(row))
            values.append(pick(sample))
        }
        try count(values.count)
        return Vector(selection.column, ascending: rows, values: values)
    }

    private func refresh(_ selection: Selection) throws(EvaluationError) {
        selection.refresh(from: store)
        guard selection.slots.count <= limits.series else {
            throw .tooManySeries(limit: limits.series)
        }
    }

    /// Calls `body` with the row and the window of each series that has samples in the range.
    ///
    /// - Returns: the column of the rows.
    func forEachWindow(
        of node: Node, at time: Int64, _ body: (Int, Window) throws(EvaluationError) -> Void
    ) throws(EvaluationError) -> LabelColumn {
        switch node.operation {
        case .range(let selection, let range, let modifiers):
            let end = try moment(modifiers, at: time)
            let start = end - (try positive(range))
            try refresh(selection)
            for (row, slot) in selection.slots.enumerated() {
                try store.withWindow(of: slot, after: start, until: end, room: &room) {
                    (window) throws(EvaluationError) in
                    try count(window.runs.count)
                    try body(row, window)
                }
            }
            return selection.column
        case .subquery(let child, let subquery):
            let end = try moment(subquery.modifiers, at: time)
            let start = end - (try positive(subquery.range))
            let matrix = try self.matrix(child, subquery, from: start, to: end)
            for (place, runs) in matrix.runs.enumerated() {
                try runs.withUnsafeBufferPointer { (runs) throws(EvaluationError) in
                    let none = UnsafeBufferPointer<Extent>(start: nil, count: 0)
                    try body(place, Window(start: start, end: end, runs: runs, extents: none))
                }
            }
            return matrix.column
        default: throw .mistyped(node.expression.position)
        }
    }

    /// The samples of a range selector or subquery, as the answer of a query.
    func matrix(_ node: Node, at time: Int64) throws(EvaluationError) -> Matrix {
        var (rows, runs): ([Int], [[Run]]) = ([], [])
        let column = try forEachWindow(of: node, at: time) {
            (row, window) throws(EvaluationError) in
            try count(window.count)
            var samples: [Run] = []
            window.forEachSample { samples.append(Run(from: $0, value: $1)) }
            rows.append(row)
            runs.append(samples)
        }
        return Matrix(column: LabelColumn(rows.map { column[$0] }), runs: runs)
    }

    /// A subquery's values: at the multiples of its step after `start`.
    private func matrix(
        _ child: Node, _ subquery: Subquery, from start: Int64, to end: Int64
    ) throws(EvaluationError) -> Matrix {
        var step =
            try subquery.step.map { (step) throws(EvaluationError) in try positive(step) } ?? 0
        // One below a millisecond counts as none, too.
        if step == 0 { step = limits.subqueryStep.milliseconds }
        var first = start / step * step
        if first <= start { first += step }
        return try steps(of: child, from: first, to: end, step: step, ofSubquery: true)
    }

    /// The values of a node at each step: of a query over a range, or of a subquery.
    func steps(
        of node: Node, from start: Int64, to end: Int64, step: Int64, ofSubquery: Bool = false
    ) throws(EvaluationError) -> Matrix {
        guard (end - start) / step <= limits.samples else {
            throw .tooManySamples(limit: limits.samples)
        }
        var builder = MatrixBuilder()
        var time = start
        while time <= end {
            if !ofSubquery { startMoment() }
            let vector = ofSubquery ? try kept(node, at: time) : try values(of: node, at: time)
            // An empty step is work, too: subqueries within subqueries have many.
            try count(1 + vector.count)
            builder.add(vector, at: time)
            guard builder.points <= limits.samples else {
                throw .tooManySamples(limit: limits.samples)
            }
            time += step
        }
        if ofSubquery { forget(node, before: start) }
        return builder.matrix
    }

    private func values(of node: Node, at time: Int64) throws(EvaluationError) -> Vector {
        switch try evaluate(node, at: time) {
        case .scalar(let number): return Vector(single, values: [number])
        case .vector(let vector): return vector
        case .string: throw .mistyped(node.expression.position)
        }
    }

    /// What a subquery needs at a moment; windows of a query over a range overlap, so it is kept.
    private func kept(_ node: Node, at time: Int64) throws(EvaluationError) -> Vector {
        guard span.step > 0 else { return try values(of: node, at: time) }
        if let known = subqueries[ObjectIdentifier(node)]?[time] { return known }
        let vector = try values(of: node, at: time)
        subqueries[ObjectIdentifier(node), default: [:]][time] = vector
        return vector
    }

    /// Forgets what the next window of a range no longer needs, now and then.
    private func forget(_ node: Node, before start: Int64) {
        guard let kept = subqueries[ObjectIdentifier(node)], kept.count > 10_000 else { return }
        subqueries[ObjectIdentifier(node)] = kept.filter { $0.key >= start }
    }
}
