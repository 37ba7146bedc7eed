// Parser, operations: binary and unary operators by precedence.

extension Parser {
    /// An expression whose operators bind at least this tightly.
    mutating func expression(binding minimum: Int = 1) throws(Complaint) -> Expression {
        try descend()
        var left = try operand()
        while case .binary(let operation) = try peek().kind, operation.precedence >= minimum {
            let leftHeight = height
            try take()
            let modifiers = try binaryModifiers()
            let right = try expression(binding: operation.rightPrecedence)
            try grow(over: leftHeight)
            left = try binary(operation, left, right, modifiers)
        }
        ascend()
        return left
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

    /// Counts a level above the expression read last, and above others beside it.
    mutating func grow(over others: Int = 0) throws(Complaint) {
        height = max(height, others) + 1
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

    private func binary(
        _ operation: BinaryOperator, _ left: Expression, _ right: Expression,
        _ modifiers: BinaryModifiers
    ) throws(Complaint) -> Expression {
        guard !modifiers.fills else {
            throw Complaint(
                offset: left.position.start,
                message: "binop fill modifiers are experimental and not enabled")
        }
        return .binary(
            BinaryOperation(
                operation: operation, left: left, right: right,
                returnsBool: modifiers.returnsBool,
                matching: matching(for: operation, left, right, modifiers.matching),
                position: Position(left.position.start, right.position.end)))
    }

    /// Between scalars nothing is matched; labels named there are left for the check to refuse.
    private func matching(
        for operation: BinaryOperator, _ left: Expression, _ right: Expression,
        _ written: VectorMatching
    ) -> VectorMatching? {
        guard left.type == .vector, right.type == .vector else {
            return written.labels.isEmpty ? nil : written
        }
        var matching = written
        if operation.isSetOperator, matching.cardinality == .oneToOne {
            matching.cardinality = .manyToMany
        }
        return matching
    }
}
