// Evaluation: one run of a query over the nodes of its expression.
import Events

/// The state of one run: its span, what it read so far, what there is to say.
final class Evaluation {
    let store: SeriesStore
    let limits: EvaluationLimits
    let span: QuerySpan
    let lookback: Int64
    var notes: [Note] = []
    var room = WindowRoom()
    /// What subqueries computed at earlier steps of a range.
    var subqueries: [ObjectIdentifier: [Int64: Vector]] = [:]
    private var samplesRead = 0
    private var untilCheck = 0

    /// The one row of scalars that became vectors.
    let single: LabelColumn
    private let interruption: () -> Interruption?

    init(_ store: SeriesStore, _ span: QuerySpan, _ evaluator: Evaluator) {
        self.store = store
        self.span = span
        limits = evaluator.limits
        lookback = limits.lookback.milliseconds
        single = evaluator.single
        interruption = evaluator.interruption
    }

    /// What a node gives at a moment: from its memo where that still holds.
    func evaluate(_ node: Node, at time: Int64) throws(EvaluationError) -> Result {
        if let known = known(node, at: time) { return known }
        try checkInterruption()
        let noted = notes.count
        let result = try compute(node, at: time)
        keep(result, of: node, at: time, noted: noted)
        return result
    }

    /// What a node gave, where that still holds.
    func known(_ node: Node, at time: Int64) -> Result? {
        if case .number(let number) = node.operation { return .scalar(number) }
        guard let memo = node.memo, memo.time == time, memo.span == span,
            !store.names.hasChanged(since: memo.changes, node.metrics)
        else { return nil }
        notes += memo.notes
        return memo.result
    }

    /// Remembers what a node gave, with the remarks made since there were `noted`.
    func keep(_ result: Result, of node: Node, at time: Int64, noted: Int) {
        node.memo = Node.Memo(
            time: time, span: span, changes: store.names.changes, result: result,
            notes: Array(notes[noted...]))
    }

    private func compute(_ node: Node, at time: Int64) throws(EvaluationError) -> Result {
        switch node.operation {
        case .number(let number): return .scalar(number)
        case .string(let text): return .string(text)
        case .vector(let selection, let modifiers):
            return .vector(try select(selection, modifiers, at: time))
        case .range, .subquery: throw .mistyped(node.expression.position)
        case .elementwise(let child, let apply):
            return .vector(try mapped(try vector(child, at: time), apply))
        case .overRange(let function, let window, let arguments):
            let vector = try overRange(function, window, arguments, at: time)
            return .vector(vector)
        case .call(let function, let children):
            return try call(function, node, children, at: time)
        case .aggregation(let aggregation, let child, let parameter):
            return .vector(try aggregate(aggregation, child, parameter, at: time))
        case .binary: return try row(endingWith: node, at: time)
        case .negation(let child):
            switch try evaluate(child, at: time) {
            case .scalar(let number): return .scalar(-number)
            case .vector(let vector): return .vector(try mapped(vector, -))
            case .string: throw .mistyped(node.expression.position)
            }
        }
    }

    /// Each value through a function; names go.
    func mapped(
        _ vector: Vector, _ apply: (Double) -> Double
    ) throws(EvaluationError) -> Vector {
        var result = vector.with(vector.column.withoutMetadata)
        for place in result.values.indices { result.values[place] = apply(result.values[place]) }
        return try result.checkedForDoubles()
    }

    func vector(_ node: Node, at time: Int64) throws(EvaluationError) -> Vector {
        guard case .vector(let vector) = try evaluate(node, at: time) else {
            throw .mistyped(node.expression.position)
        }
        return vector
    }

    func scalar(_ node: Node, at time: Int64) throws(EvaluationError) -> Double {
        guard case .scalar(let number) = try evaluate(node, at: time) else {
            throw .mistyped(node.expression.position)
        }
        return number
    }

    func note(_ remark: Remark, _ node: Node) {
        notes.append(Note(remark: remark, subject: node.expression))
    }

    /// Counts samples that were read, and gives up where there are too many or nobody waits.
    func count(_ samples: Int) throws(EvaluationError) {
        samplesRead += samples
        guard samplesRead <= limits.samples else { throw .tooManySamples(limit: limits.samples) }
        untilCheck -= samples + 1
        if untilCheck < 0 { try checkInterruption() }
    }

    /// Lets the next moment of a query read as much as the last.
    func startMoment() {
        samplesRead = 0
        // Each step of a range says the same again.
        if notes.count > 1000 { notes = notes.merged }
    }

    func checkInterruption() throws(EvaluationError) {
        untilCheck = 100_000
        if let interruption = interruption() { throw .interrupted(interruption) }
    }
}
