// AggregationEvaluation: many values of a group made one.
import Events

extension Aggregation {
    var groups: Grouping { Grouping(isWithout ? .without : .by, grouping) }
}

extension Evaluation {
    func aggregate(
        _ aggregation: Aggregation, _ child: Node, _ parameter: Node?, at time: Int64
    ) throws(EvaluationError) -> Vector {
        switch aggregation.operation {
        case .topk, .bottomk:
            guard let parameter else { throw .mistyped(aggregation.position) }
            return try ranked(aggregation, child, size: parameter, at: time)
        case .quantile:
            guard let parameter else { throw .mistyped(aggregation.position) }
            return try quantiles(aggregation, child, parameter, at: time)
        case .countValues:
            guard let parameter, case .string(let label) = try evaluate(parameter, at: time) else {
                throw .mistyped(aggregation.position)
            }
            return try countValues(aggregation, try vector(child, at: time), label)
        case .limitk, .limitRatio:
            throw .notSupported(aggregation.operation.rawValue, aggregation.position)
        case .sum: return try fold(aggregation, child, at: time) { SumFold($0) }
        case .avg: return try fold(aggregation, child, at: time) { MeanFold($0) }
        case .count: return try fold(aggregation, child, at: time) { _ in CountFold() }
        case .group: return try fold(aggregation, child, at: time) { _ in GroupFold() }
        case .min: return try fold(aggregation, child, at: time) { MinFold(value: $0) }
        case .max: return try fold(aggregation, child, at: time) { MaxFold(value: $0) }
        case .stddev:
            return try fold(aggregation, child, at: time) { VarianceFold($0, isDeviation: true) }
        case .stdvar:
            return try fold(aggregation, child, at: time) { VarianceFold($0, isDeviation: false) }
        }
    }

    /// One fold for each group, begun with its first value.
    private func fold<Fold: AggregationFold>(
        _ aggregation: Aggregation, _ child: Node, at time: Int64, _ begin: (Double) -> Fold
    ) throws(EvaluationError) -> Vector {
        let vector = try vector(child, at: time)
        let groups = vector.column.groups(aggregation.groups)
        var folds = [Fold?](repeating: nil, count: groups.count)
        for place in vector.values.indices {
            let group = Int(groups.ids[vector.row(place)])
            if folds[group] == nil {
                folds[group] = begin(vector.values[place])
            } else {
                folds[group]?.add(vector.values[place])
            }
        }
        var (rows, values): ([Int32], [Double]) = ([], [])
        for (group, fold) in folds.enumerated() {
            guard let fold else { continue }
            rows.append(Int32(group))
            values.append(fold.result)
        }
        return Vector(groups.column, ascending: rows, values: values)
    }

    private func quantiles(
        _ aggregation: Aggregation, _ child: Node, _ parameter: Node, at time: Int64
    ) throws(EvaluationError) -> Vector {
        let quantile = try scalar(parameter, at: time)
        if !(0...1).contains(quantile) { note(.invalidQuantile(quantile), parameter) }
        let vector = try vector(child, at: time)
        let (groups, members) = members(of: vector, aggregation.groups)
        var (rows, values): ([Int32], [Double]) = ([], [])
        for (group, places) in members.enumerated() where !places.isEmpty {
            rows.append(Int32(group))
            values.append(places.map { vector.values[$0] }.quantile(quantile))
        }
        return Vector(groups.column, ascending: rows, values: values)
    }

    /// For each group the places of its values, in their order.
    func members(of vector: Vector, _ grouping: Grouping) -> (Groups, [[Int]]) {
        let groups = vector.column.groups(grouping)
        var members = [[Int]](repeating: [], count: groups.count)
        for place in vector.values.indices {
            members[Int(groups.ids[vector.row(place)])].append(place)
        }
        return (groups, members)
    }

    /// One series for each value of each group: how often it is there, with the value as a label.
    private func countValues(
        _ aggregation: Aggregation, _ vector: Vector, _ label: String
    ) throws(EvaluationError) -> Vector {
        guard label.isLabelName else {
            throw .invalidArgument("invalid label name \(label.quoted)")
        }
        let names = aggregation.grouping + (aggregation.isWithout ? [] : [label])
        let grouping = Grouping(aggregation.isWithout ? .without : .by, names)
        var (labels, counts): ([Labels], [Double]) = ([], [])
        var places: [Labels: Int] = [:]
        for place in vector.values.indices {
            var key = vector.labels(place)
            key[label] = vector.values[place].prometheus
            key = grouping.key(of: key)
            if let known = places[key] {
                counts[known] += 1
            } else {
                places[key] = labels.count
                labels.append(key)
                counts.append(1)
            }
        }
        return Vector(LabelColumn(labels, isUnique: true), values: counts)
    }
}
