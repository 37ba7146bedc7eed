// Groups: which rows of a column belong together.
import Events

/// The labels by which rows are put together.
struct Grouping: Hashable {
    enum Kind: Hashable {
        /// Rows that agree in these labels.
        case by
        /// Rows that agree in all but these labels and the metric's name.
        case without
        /// Rows that agree in all but these labels, the metric's name included.
        case except
    }

    let kind: Kind
    let labels: [String]

    init(_ kind: Kind, _ labels: [String]) {
        self.kind = kind
        self.labels = Set(labels).sorted()
    }

    /// Whether it finds the same groups once the metadata is dropped.
    var readsNoMetadata: Bool {
        kind == .by && !labels.contains(where: Labels.metadataNames.contains)
    }

    func key(of labels: Labels) -> Labels {
        switch kind {
        case .by: labels.keeping(self.labels)
        case .without: labels.dropping(self.labels + [Labels.nameLabel])
        case .except: labels.dropping(self.labels)
        }
    }
}

/// The groups of a column's rows.
final class Groups {
    /// For each row the number of its group.
    let ids: [Int32]
    /// For each group the labels that its rows agree in.
    let column: LabelColumn
    private var joins: [ObjectIdentifier: (other: Weak<Groups>, places: [Int32])] = [:]

    var count: Int { column.count }

    init(of rows: LabelColumn, _ grouping: Grouping) {
        var ids = [Int32](repeating: 0, count: rows.count)
        var found: [Labels] = []
        if case .by = grouping.kind, grouping.labels.isEmpty {
            found = rows.count > 0 ? [Labels()] : []
        } else if case .by = grouping.kind, grouping.labels.count == 1 {
            let name = grouping.labels[0]
            var places: [String: Int32] = [:]
            for row in ids.indices {
                let value = rows[row][name]
                if let place = places[value] {
                    ids[row] = place
                    continue
                }
                ids[row] = Int32(found.count)
                places[value] = ids[row]
                found.append(Labels([name: value]))
            }
        } else {
            var places: [Labels: Int32] = [:]
            for row in ids.indices {
                let key = grouping.key(of: rows[row])
                if let place = places[key] {
                    ids[row] = place
                    continue
                }
                ids[row] = Int32(found.count)
                places[key] = ids[row]
                found.append(key)
            }
        }
        self.ids = ids
        column = LabelColumn(found, isUnique: true)
    }

    /// For each of these groups the other's group of the same labels, or -1.
    func places(in other: Groups) -> [Int32] {
        if let known = joins[ObjectIdentifier(other)], known.other.object === other {
            return known.places
        }
        if joins.count >= 16 { joins.removeAll() }
        let places: [Int32]
        if other === self {
            places = Array(0..<Int32(count))
        } else {
            var theirs: [Labels: Int32] = [:]
            for place in 0..<other.count { theirs[other.column[place]] = Int32(place) }
            places = (0..<count).map { theirs[column[$0]] ?? -1 }
        }
        joins[ObjectIdentifier(other)] = (Weak(other), places)
        return places
    }
}
