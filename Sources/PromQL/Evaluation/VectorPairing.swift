// VectorPairing: arithmetic and comparisons between the matching values of two vectors.
import Events

/// What `group_left(labels)` made of two columns last: it holds while the same rows meet.
struct Inclusion {
    weak var one: LabelColumn?
    weak var result: LabelColumn?
    let include: [String]
    let dropsMetadata: Bool
    /// For each row of the many side the row of the one side that it met, or -1.
    let met: [Int32]
}

/// A binary operation between vectors, by match groups.
struct VectorPairing {
    private let binary: BinaryOperation
    private let matching: VectorMatching
    private let isSwapped: Bool

    init(_ binary: BinaryOperation, _ matching: VectorMatching) {
        self.binary = binary
        self.matching = matching
        isSwapped = matching.cardinality == .oneToMany
    }

    func apply(_ left: Vector, _ right: Vector) throws(EvaluationError) -> Vector {
        guard left.count > 0, right.count > 0 else { return .empty }
        // The many side is gone through; the one side is looked up.
        let (many, one) = isSwapped ? (right, left) : (left, right)
        let groups = many.column.groups(matching.grouping)
        let oneGroups = one.column.groups(matching.grouping)
        let found = try firstOf(one, oneGroups)
        let places = groups.places(in: oneGroups)

        var pairs: [(many: Int, one: Int)] = []
        pairs.reserveCapacity(many.count)
        for place in many.values.indices {
            let group = places[Int(groups.ids[many.row(place)])]
            guard group >= 0, found[Int(group)] >= 0 else { continue }
            pairs.append((place, Int(found[Int(group)])))
        }
        if matching.cardinality == .oneToOne {
            try requireSinglePairs(pairs, many, groups)
            return try result(pairs, many, one, oneToOneColumn(many, groups), groups)
        }
        var column = manyToOneColumn(pairs, many, one)
        if binary.returnsBool { column = column.withoutMetadata }
        try requireUnique(pairs, many, column, groups)
        return try result(pairs, many, one, (column, false), groups)
    }

    /// For each group of the one side the place of its value, or -1.
    private func firstOf(_ one: Vector, _ groups: Groups) throws(EvaluationError) -> [Int32] {
        var found = [Int32](repeating: -1, count: groups.count)
        for place in one.values.indices {
            let group = Int(groups.ids[one.row(place)])
            guard found[group] < 0 else {
                throw .duplicateSeries(
                    group: groups.column[group], isLeft: isSwapped, one.labels(place),
                    one.labels(Int(found[group])))
            }
            found[group] = Int32(place)
        }
        return found
    }

    private func requireSinglePairs(
        _ pairs: [(many: Int, one: Int)], _ many: Vector, _ groups: Groups
    ) throws(EvaluationError) {
        var isTaken = [Bool](repeating: false, count: groups.count)
        for pair in pairs {
            let group = Int(groups.ids[many.row(pair.many)])
            guard !isTaken[group] else { throw .manyToOne }
            isTaken[group] = true
        }
    }

    /// The labels of one-to-one results, and whether its rows are the groups instead of the rows.
    private func oneToOneColumn(_ many: Vector, _ groups: Groups) -> (LabelColumn, Bool) {
        let column: LabelColumn
        if matching.isOn {
            column = groups.column
        } else if matching.labels.isEmpty {
            column = many.column
        } else {
            let labels = matching.labels
            column = many.column.changing(.dropping(labels.sorted())) { $0.dropping(labels) }
        }
        return (binary.isFilter ? column : column.withoutMetadata, matching.isOn)
    }

    private func manyToOneColumn(
        _ pairs: [(many: Int, one: Int)], _ many: Vector, _ one: Vector
    ) -> LabelColumn {
        let bare = binary.isFilter ? many.column : many.column.withoutMetadata
        guard !matching.include.isEmpty else { return bare }
        var met = [Int32](repeating: -1, count: many.column.count)
        for pair in pairs { met[many.row(pair.many)] = Int32(one.row(pair.one)) }
        if let known = many.column.inclusion, known.one === one.column, known.met == met,
            known.include == matching.include, known.dropsMetadata == !binary.isFilter,
            let result = known.result
        {
            return result
        }
        let labels = met.enumerated().map { row, oneRow in
            guard oneRow >= 0 else { return Labels() }
            var labels = bare[row]
            for name in matching.include { labels[name] = one.column[Int(oneRow)][name] }
            return labels
        }
        let column = LabelColumn(labels)
        many.column.inclusion = Inclusion(
            one: one.column, result: column, include: matching.include,
            dropsMetadata: !binary.isFilter, met: met)
        return column
    }

    /// Results of one match group must differ in their labels, also those that a filter drops.
    private func requireUnique(
        _ pairs: [(many: Int, one: Int)], _ many: Vector, _ column: LabelColumn, _ groups: Groups
    ) throws(EvaluationError) {
        guard !column.isUnique else { return }
        struct Result: Hashable {
            let group: Int32
            let labels: Labels
        }
        var results: Set<Result> = []
        for pair in pairs {
            let row = many.row(pair.many)
            let result = Result(group: groups.ids[row], labels: column[row])
            guard results.insert(result).inserted else { throw .ambiguousGrouping }
        }
    }

    private func result(
        _ pairs: [(many: Int, one: Int)], _ many: Vector, _ one: Vector,
        _ column: (labels: LabelColumn, hasGroups: Bool), _ groups: Groups
    ) throws(EvaluationError) -> Vector {
        var (rows, values): ([Int32], [Double]) = ([], [])
        rows.reserveCapacity(pairs.count)
        values.reserveCapacity(pairs.count)
        let operation = binary.operation
        for pair in pairs {
            let (mine, its) = (many.values[pair.many], one.values[pair.one])
            let (left, right) = isSwapped ? (its, mine) : (mine, its)
            if binary.isFilter {
                guard operation.holds(left, right) else { continue }
                values.append(left)
            } else {
                values.append(operation.apply(left, right))
            }
            let row = many.row(pair.many)
            rows.append(column.hasGroups ? groups.ids[row] : Int32(row))
        }
        return try Vector(column.labels, ordered: rows, values: values).checkedForDoubles()
    }
}
