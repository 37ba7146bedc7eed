// Node: one part of an expression, ready to be evaluated again and again.
import Events

/// A part of one or of many expressions, and what it gave last.
///
/// Expressions that share a part share its node, so that rules of one round compute it once.
final class Node {
    enum Operation {
        case number(Double)
        case string(String)
        case vector(Selection, TimeModifiers)
        case range(Selection, DurationExpression, TimeModifiers)
        case subquery(Node, Subquery)
        case elementwise(Node, @Sendable (Double) -> Double)
        case overRange(RangeFunction, window: Node, arguments: [Node])
        case call(VectorFunction, [Node])
        case aggregation(Aggregation, Node, parameter: Node?)
        case binary(BinaryOperation, Node, Node)
        case negation(Node)
    }

    /// Without the parentheses around it.
    let expression: Expression
    private(set) var operation: Operation
    /// The places of the metrics it reads in the store's ``NameClock``; nil: any.
    let metrics: [Int]?
    var memo: Memo?

    var type: ValueType { expression.type }

    init(_ expression: Expression, _ operation: Operation, metrics: [Int]?) {
        self.expression = expression
        self.operation = operation
        self.metrics = metrics
    }

    /// The left sides of a long row are freed one by one: by calls within calls it would take much
    /// stack.
    deinit {
        var left = takeLeft()
        while left != nil, isKnownUniquelyReferenced(&left) { left = left?.takeLeft() }
    }

    private func takeLeft() -> Node? {
        guard case .binary(_, let left, _) = operation else { return nil }
        operation = .number(0)
        return left
    }

    /// What a node gave, and when that holds.
    struct Memo {
        let time: Int64
        let span: QuerySpan
        /// The store's count of changes.
        let changes: Int
        let result: Result
        let notes: [Note]
    }
}

/// What a node gives at one moment; matrices are only read by what needs them.
enum Result {
    case scalar(Double)
    case string(String)
    case vector(Vector)
}

/// The moments a query asks for, in milliseconds: one, or from `start` to `end` in steps.
struct QuerySpan: Hashable {
    var start: Int64
    var end: Int64
    /// 0 where one moment is asked for.
    var step: Int64
}
