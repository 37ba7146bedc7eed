// Planner: makes nodes of expressions, one for all equal parts.
import Events

/// The nodes of a store's expressions.
struct Planner {
    /// What a parser reads can be evaluated; deeper trees could need more stack than there is.
    private static let deepest = Parser.deepest

    private let store: SeriesStore
    private var nodes: [Expression: Node] = [:]
    /// The store's count of when the places of metrics were given anew.
    private var placing = 0

    init(_ store: SeriesStore) { self.store = store }

    mutating func node(for expression: Expression) throws(EvaluationError) -> Node {
        // Queries come and go: what was prepared is kept as long as it is not much.
        if nodes.count > 20_000 || placing != store.names.placing { nodes.removeAll() }
        placing = store.names.placing
        return try node(for: expression, depth: 0)
    }

    private mutating func node(
        for expression: Expression, depth: Int
    ) throws(EvaluationError) -> Node {
        let expression = expression.unwrapped
        if let known = nodes[expression] { return known }
        guard depth <= Self.deepest else { throw .tooDeep(expression.position) }
        if case .unary(let unary) = expression, !unary.isNegation {
            return try node(for: unary.expression, depth: depth + 1)
        }
        if case .binary(let binary) = expression { return try node(for: binary, depth: depth) }
        var children: [Node] = []
        for operand in expression.operands {
            children.append(try node(for: operand, depth: depth + 1))
        }
        return try makeNode(expression, children)
    }

    /// The nodes of operators in a row, each the left side of the next.
    private mutating func node(
        for binary: BinaryOperation, depth: Int
    ) throws(EvaluationError) -> Node {
        let row = binary.row.map(Expression.binary)
        // Where a left side is known, so are those within it.
        let known = row.lastIndex { nodes[$0] != nil }
        var left: Node
        if let known, let node = nodes[row[known]] {
            left = node
        } else {
            left = try node(for: binary.first, depth: depth + 1)
        }
        let unknown = known.map { $0 + 1 } ?? 0
        for (expression, link) in zip(row, binary.links).dropFirst(unknown) {
            let right = try node(for: link.right, depth: depth + 1)
            left = try makeNode(expression, [left, right])
        }
        return left
    }

    private mutating func makeNode(
        _ expression: Expression, _ children: [Node]
    ) throws(EvaluationError) -> Node {
        let node = Node(
            expression, try plan(expression, children), metrics: metrics(of: expression, children))
        nodes[expression] = node
        return node
    }

    /// The places of the metrics that an expression reads; nil: any.
    private func metrics(of expression: Expression, _ children: [Node]) -> [Int]? {
        switch expression {
        case .vector, .range: return expression.metricNames?.map { store.names.place(of: $0) }
        default:
            var places: [Int] = []
            for child in children {
                guard let more = child.metrics else { return nil }
                let new = places.isEmpty ? more : more.filter { !places.contains($0) }
                // Left sides of a row that read the same share the list.
                if places.isEmpty { places = new } else if !new.isEmpty { places += new }
            }
            return places
        }
    }

    private func plan(
        _ expression: Expression, _ children: [Node]
    ) throws(EvaluationError) -> Node.Operation {
        switch expression {
        case .number(let literal): return .number(literal.value)
        case .string(let literal): return .string(literal.value)
        case .vector(let selector):
            return .vector(try Selection(selector.matchers), selector.modifiers)
        case .range(let range):
            let selection = try Selection(range.selector.matchers)
            return .range(selection, range.range, range.selector.modifiers)
        case .subquery(let subquery):
            try require(children[0].type != .matrix && children[0].type != .string, expression)
            return .subquery(children[0], subquery)
        case .call(let call): return try plan(call, children)
        case .aggregation(let aggregation):
            return try plan(aggregation, children)
        case .binary(let binary):
            return try plan(binary, children[0], children[1])
        case .unary, .parentheses:
            try require(children[0].type == .vector || children[0].type == .scalar, expression)
            return .negation(children[0])
        }
    }

    private func plan(
        _ aggregation: Aggregation, _ children: [Node]
    ) throws(EvaluationError) -> Node.Operation {
        let expression = Expression.aggregation(aggregation)
        let parameter: Node? = children.count > 1 ? children[1] : nil
        switch aggregation.operation {
        case .limitk, .limitRatio:
            throw .notSupported(aggregation.operation.rawValue, aggregation.position)
        case .topk, .bottomk, .quantile: try require(parameter?.type == .scalar, expression)
        case .countValues: try require(parameter?.type == .string, expression)
        case .sum, .avg, .count, .min, .max, .group, .stddev, .stdvar:
            try require(parameter == nil, expression)
        }
        try require(children[0].type == .vector, expression)
        return .aggregation(aggregation, children[0], parameter: parameter)
    }

    private func plan(
        _ binary: BinaryOperation, _ left: Node, _ right: Node
    ) throws(EvaluationError) -> Node.Operation {
        let types = [left.type, right.type]
        try require(types.allSatisfy { $0 == .scalar || $0 == .vector }, .binary(binary))
        if binary.operation.isSetOperator {
            try require(types == [.vector, .vector], .binary(binary))
        }
        return .binary(binary, left, right)
    }

    private func plan(
        _ call: Call, _ children: [Node]
    ) throws(EvaluationError) -> Node.Operation {
        guard let signature = Function.named(call.function), !signature.isExperimental else {
            throw .notSupported("\(call.function)()", call.position)
        }
        try require(signature.takes(children.map(\.type)), .call(call))
        if let apply = ElementwiseFunction.all[call.function] {
            return .elementwise(children[0], apply)
        }
        if let function = RangeFunction.all[call.function],
            let place = children.firstIndex(where: { $0.type == .matrix })
        {
            var arguments = children
            let window = arguments.remove(at: place)
            return .overRange(function, window: window, arguments: arguments)
        }
        guard let function = VectorFunction(rawValue: call.function) else {
            throw .notSupported("\(call.function)()", call.position)
        }
        return .call(function, children)
    }

    private func require(
        _ isFitting: Bool, _ expression: Expression
    ) throws(EvaluationError) {
        guard isFitting else { throw .mistyped(expression.position) }
    }
}

extension Expression {
    /// What is evaluated before it: a range reads its selector itself.
    fileprivate var operands: [Expression] { if case .range = self { [] } else { children } }
}

extension Function {
    /// Whether it takes arguments of these types.
    fileprivate func takes(_ types: [ValueType]) -> Bool {
        let fewest = variadic == .no ? parameters.count : parameters.count - 1
        let most =
            switch variadic {
            case .no: parameters.count
            case .upTo(let times): parameters.count - 1 + times
            case .any: Int.max
            }
        guard types.count >= fewest, types.count <= most else { return false }
        return types.enumerated().allSatisfy { place, type in
            type == (place < parameters.count ? parameters[place] : parameters.last)
        }
    }
}
