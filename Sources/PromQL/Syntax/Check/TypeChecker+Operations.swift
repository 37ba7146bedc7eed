// TypeChecker, operations: what a binary operator allows on its sides and between them.

extension TypeChecker {
    func check(_ binary: BinaryOperation) throws(Complaint) -> ValueType {
        var type = try check(binary.first)
        for operation in binary.row { type = try check(operation, left: type) }
        return type
    }

    /// Checks an operation whose left side has been checked.
    private func check(
        _ binary: BinaryOperation, left: ValueType
    ) throws(Complaint) -> ValueType {
        let right = try check(binary.right)
        try checkModifiers(of: binary, areScalars: left == .scalar && right == .scalar)
        for (type, side) in [(left, binary.left), (right, binary.right)]
        where type != .scalar && type != .vector {
            throw Complaint(
                offset: side.position.start,
                message: "binary expression must contain only scalar and instant vector types")
        }
        if left == .vector, right == .vector {
            try checkGrouping(of: binary)
        } else {
            try checkScalar(binary)
        }
        return left == .scalar && right == .scalar ? .scalar : .vector
    }

    private func checkModifiers(
        of binary: BinaryOperation, areScalars: Bool
    ) throws(Complaint) {
        let isComparison = binary.operation.isComparison
        if binary.returnsBool, !isComparison {
            throw atOperator(
                of: binary, "bool modifier can only be used on comparison operators")
        }
        if isComparison, !binary.returnsBool, areScalars {
            throw atOperator(of: binary, "comparisons between scalars must use BOOL modifier")
        }
        guard let matching = binary.matching, matching.isOn else { return }
        if let label = matching.labels.first(where: matching.include.contains) {
            throw atOperator(
                of: binary, "label \(label.quoted) must not occur in ON and GROUP clause at once")
        }
    }

    private func checkGrouping(of binary: BinaryOperation) throws(Complaint) {
        guard binary.operation.isSetOperator, binary.matching?.cardinality != .manyToMany else {
            return
        }
        let name = binary.operation.rawValue.quoted
        throw Complaint(
            offset: binary.position.start, message: "no grouping allowed for \(name) operation")
    }

    private func checkScalar(_ binary: BinaryOperation) throws(Complaint) {
        if binary.matching != nil {
            throw Complaint(
                offset: binary.position.start,
                message: "vector matching only allowed between instant vectors")
        }
        if binary.operation.isSetOperator {
            let name = binary.operation.rawValue.quoted
            throw Complaint(
                offset: binary.position.start,
                message: "set operator \(name) not allowed in binary scalar expression")
        }
    }

    /// A complaint at the operator: behind the left side and the spaces there.
    private func atOperator(of binary: BinaryOperation, _ message: String) -> Complaint {
        let end = min(max(0, binary.left.position.end), text.count)
        let place = text[end...].firstIndex { !$0.isSpace } ?? text.count
        return Complaint(offset: place, message: message)
    }
}
