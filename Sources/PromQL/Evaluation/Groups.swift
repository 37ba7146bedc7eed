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
        let (ids, firstRows) =
            switch grouping.kind {
            case .by: Self.rowsAgreeing(in: grouping.labels, rows)
            case .without, .except: Self.rowsAgreeing(rows, grouping.key)
            }
        self.ids = ids
        column = LabelColumn(firstRows.map { grouping.key(of: rows[$0]) }, isUnique: true)
    }

    /// Each row's group, and the first row of each group, by the whole key.
    private static func rowsAgreeing(
        _ rows: LabelColumn, _ key: (Labels) -> Labels
    ) -> (ids: [Int32], firstRows: [Int]) {
        var groups = Numbering<Labels>()
        let ids = (0..<rows.count).map { groups.number(of: key(rows[$0]), in: $0) }
        return (ids, groups.firstRows)
    }

    /// The same by a few labels: split by one label after the other, which makes no label sets.
    private static func rowsAgreeing(
        in labels: [String], _ rows: LabelColumn
    ) -> (ids: [Int32], firstRows: [Int]) {
        struct Split: Hashable {
            let group: Int32
            let value: ByteString
        }
        var ids = [Int32](repeating: 0, count: rows.count)
        var firstRows = rows.count > 0 ? [0] : []
        for label in labels {
            var groups = Numbering<Split>()
            for row in ids.indices {
                ids[row] = groups.number(
                    of: Split(group: ids[row], value: ByteString(rows[row][label])), in: row)
            }
            firstRows = groups.firstRows
        }
        return (ids, firstRows)
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

/// Numbers for keys, in the order of their first rows.
private struct Numbering<Key: Hashable> {
    private var numbers: [Key: Int32] = [:]
    private(set) var firstRows: [Int] = []

    mutating func number(of key: Key, in row: Int) -> Int32 {
        if let known = numbers[key] { return known }
        let number = Int32(firstRows.count)
        numbers[key] = number
        firstRows.append(row)
        return number
    }
}
