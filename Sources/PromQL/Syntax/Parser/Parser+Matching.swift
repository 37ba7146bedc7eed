// Parser, matching: what stands between a binary operator and its right side.

/// `bool`, `on (…)`, `group_left (…)`, `fill (…)`.
struct BinaryModifiers {
    var returnsBool = false
    var matching = VectorMatching(cardinality: .oneToOne, labels: [], isOn: false, include: [])
    /// Whether missing series are to be filled in, which is experimental.
    var fills = false
}

extension Parser {
    mutating func binaryModifiers() throws(Complaint) -> BinaryModifiers {
        var modifiers = BinaryModifiers()
        if try take(.keyword(.bool)) != nil { modifiers.returnsBool = true }
        switch try peek().kind {
        case .keyword(.on), .keyword(.ignoring):
            modifiers.matching.isOn = try take().kind == .keyword(.on)
            modifiers.matching.labels = try groupingLabels()
            try grouping(&modifiers.matching)
        default: break
        }
        modifiers.fills = try fillValues()
        return modifiers
    }

    private mutating func grouping(_ matching: inout VectorMatching) throws(Complaint) {
        switch try peek().kind {
        case .keyword(.groupLeft): matching.cardinality = .manyToOne
        case .keyword(.groupRight): matching.cardinality = .oneToMany
        default: return
        }
        try take()
        if try peek().kind == .leftParenthesis {
            matching.include = try groupingLabels()
        } else if try !startsExpression() {
            throw try unexpected(in: .groupingStart)
        }
    }

    /// `fill (1)`, or `fill_left (1)` and `fill_right (2)` in any order.
    private mutating func fillValues() throws(Complaint) -> Bool {
        let first = try peek().kind
        let second: Token.Kind
        switch first {
        case .keyword(.fill):
            try take()
            try fillValue()
            return true
        case .keyword(.fillLeft): second = .keyword(.fillRight)
        case .keyword(.fillRight): second = .keyword(.fillLeft)
        default: return false
        }
        try take()
        try fillValue()
        if try take(second) != nil { try fillValue() }
        return true
    }

    private mutating func fillValue() throws(Complaint) {
        try require(.leftParenthesis)
        _ = try signedNumber(in: nil)
        try require(.rightParenthesis)
    }

    /// `(label, "another label")`.
    mutating func groupingLabels() throws(Complaint) -> [String] {
        try require(.leftParenthesis, in: .groupingStart)
        var labels: [String] = []
        while try take(.rightParenthesis) == nil {
            labels.append(try groupingLabel())
            if try take(.comma) == nil {
                try require(.rightParenthesis, in: .groupingEnd)
                return labels
            }
        }
        return labels
    }

    private mutating func groupingLabel() throws(Complaint) -> String {
        let token = try peek()
        let name: String
        if token.kind == .string {
            name = lexer.value(of: try take())
        } else if token.kind.canNameLabel {
            name = lexer.text(of: try take())
        } else {
            throw try unexpected(in: .groupingLabel)
        }
        guard !name.isEmpty else {
            throw Complaint(
                offset: token.start,
                message: "invalid label name for grouping: \(name.quoted)")
        }
        return name
    }
}
