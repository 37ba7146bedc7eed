// Parser, operations: binary and unary operators by precedence.

extension Parser {
    /// An expression whose operators bind at least this tightly.
    mutating func expression(binding minimum: Int = 1) throws(Complaint) -> Expression {
        try descend()
        let first = try operand()
        var row: BinaryOperation?
        var tallest = height
        while case .binary(let operation) = try peek().kind, operation.precedence >= minimum {
            try take()
            let modifiers = try binaryModifiers()
            let right = try expression(binding: operation.rightPrecedence)
            tallest = max(tallest, height)
            height = tallest
            try grow()
            try add(operation, right, modifiers, to: &row, behind: first)
        }
        ascend()
        return row.map(Expression.binary) ?? first
    }

    /// Something with its signs in front and its modifiers behind.
    private mutating func operand() throws(Complaint) -> Expression {
        switch try peek().kind {
        case .binary(.add), .binary(.subtract):
            let sign = try take()
            let inner = try expression(binding: BinaryOperator.signPrecedence)
            return try unary(sign, inner)
        default:
            let primary = try primary()
            return try modified(primary)
        }
    }

    /// Counts a level above the expression read last.
    mutating func grow() throws(Complaint) {
        height += 1
        try bound(height)
    }

    private mutating func unary(
        _ sign: Token, _ inner: Expression
    ) throws(Complaint) -> Expression {
        let isNegation = sign.kind == .binary(.subtract)
        if case .number(var number) = inner {
            // There is one NaN.
            if isNegation, !number.value.isNaN { number.value.negate() }
            number.position.start = sign.start
            return .number(number)
        }
        try grow()
        return .unary(
            UnaryOperation(
                isNegation: isNegation, expression: inner,
                position: Position(sign.start, inner.position.end)))
    }

    /// Makes what was read of a row the left side of one more operation.
    private func add(
        _ operation: BinaryOperator, _ right: Expression, _ modifiers: BinaryModifiers,
        to row: inout BinaryOperation?, behind first: Expression
    ) throws(Complaint) {
        guard !modifiers.fills else {
            throw Complaint(
                offset: first.position.start,
                message: "binop fill modifiers are experimental and not enabled")
        }
        guard row?.count != Self.longestRow else {
            throw Complaint(
                offset: lexer.position,
                message: "expression has more than \(Self.longestRow) operators in a row")
        }
        let matching = matching(
            for: operation, row?.type ?? first.type, right.type, modifiers.matching)
        if row == nil {
            row = BinaryOperation(
                operation, first, right, returnsBool: modifiers.returnsBool, matching: matching)
        } else {
            row?.extend(
                operation, right, returnsBool: modifiers.returnsBool, matching: matching)
        }
    }

    /// Between scalars nothing is matched; labels named there are left for the check to refuse.
    private func matching(
        for operation: BinaryOperator, _ left: ValueType, _ right: ValueType,
        _ written: VectorMatching
    ) -> VectorMatching? {
        guard left == .vector, right == .vector else {
            return written.labels.isEmpty ? nil : written
        }
        var matching = written
        if operation.isSetOperator, matching.cardinality == .oneToOne {
            matching.cardinality = .manyToMany
        }
        return matching
    }
}
