// BinaryOperation: operators in a row, `a + b - c`.

/// A binary operation: of operators in a row, the last, with all before it as its left side.
///
/// Rules join thousands of operands by `or`. As a tree these would be as deep as they are many, and
/// whoever goes through it, were it only to free it, would need as much stack. So the operators lie
/// beside each other in one array, which all left sides share.
package struct BinaryOperation: Hashable, Sendable {
    /// An operator, and what stands behind it.
    package struct Link: Hashable, Sendable {
        package let operation: BinaryOperator
        package let right: Expression
        package let returnsBool: Bool
        /// nil between scalars, where nothing is matched.
        package let matching: VectorMatching?
        /// The type of the row up to here.
        fileprivate let type: ValueType
    }

    /// The leftmost operand; no binary operation itself, unless between parentheses.
    package let first: Expression
    private var earlier: ArraySlice<Link>
    private var last: Link

    package init(
        _ operation: BinaryOperator, _ left: Expression, _ right: Expression,
        returnsBool: Bool = false, matching: VectorMatching? = nil
    ) {
        if case .binary(let row) = left {
            self = row
            extend(operation, right, returnsBool: returnsBool, matching: matching)
            return
        }
        first = left
        earlier = []
        last = Link(
            operation: operation, right: right, returnsBool: returnsBool, matching: matching,
            type: Self.type(left.type, right.type))
    }

    private init(_ first: Expression, _ earlier: ArraySlice<Link>, _ last: Link) {
        (self.first, self.earlier, self.last) = (first, earlier, last)
    }

    /// Makes all this the left side of another operation.
    package mutating func extend(
        _ operation: BinaryOperator, _ right: Expression, returnsBool: Bool = false,
        matching: VectorMatching? = nil
    ) {
        earlier.append(last)
        last = Link(
            operation: operation, right: right, returnsBool: returnsBool, matching: matching,
            type: Self.type(type, right.type))
    }

    package var operation: BinaryOperator { last.operation }
    package var right: Expression { last.right }
    package var returnsBool: Bool { last.returnsBool }
    package var matching: VectorMatching? { last.matching }
    package var type: ValueType { last.type }
    package var position: Position { Position(first.position.start, right.position.end) }

    package var left: Expression {
        earlier.last.map { .binary(BinaryOperation(first, earlier.dropLast(), $0)) } ?? first
    }

    /// The operators in a row, from the left.
    package var links: [Link] { earlier + [last] }

    /// The operation of each operator in a row, from the left; the last is this one.
    package var row: [BinaryOperation] {
        earlier.indices.map { BinaryOperation(first, earlier[..<$0], earlier[$0]) } + [self]
    }

    /// How many operators are in a row.
    package var count: Int { earlier.count + 1 }

    /// The end of a long row is enough: all left sides are hashed where it is evaluated.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(last)
        hasher.combine(earlier.last)
        if earlier.count < 2 { hasher.combine(first) }
    }

    private static func type(_ left: ValueType, _ right: ValueType) -> ValueType {
        left == .scalar && right == .scalar ? .scalar : .vector
    }
}
