// LabelColumn: the label sets of a vector's rows, and what was found out about them.
import Events

/// Label sets in a fixed order, shared by all vectors that have them.
///
/// A selection keeps its column from evaluation to evaluation, and so do the columns that operators
/// make of it. Grouping, matching and checking for doubles are therefore done once, not every round.
final class LabelColumn {
    let count: Int
    /// Where the rows come from if they were not made yet.
    private var origin: (column: LabelColumn, change: (Labels) -> Labels)?
    private var known: [Labels?]

    private var uniqueness: Bool?
    private var groupings: [Grouping: Groups] = [:]
    // What was made of this column lives as long as a result that has it: the maker only knows it.
    private weak var bare: LabelColumn?
    private var changed: [LabelChange: Weak<LabelColumn>] = [:]
    private weak var joinedOther: LabelColumn?
    private weak var joined: LabelColumn?
    private(set) lazy var bucketBounds: [Double?] = (0..<count).map {
        try? Double(go: self[$0]["le"])
    }
    private(set) lazy var metricNames: Set<String> = Set((0..<count).map { self[$0].metricName })
    var inclusion: Inclusion?

    /// `isUnique` says whether no label set is there twice; nil where it is not known.
    init(_ labels: [Labels], isUnique: Bool? = nil) {
        count = labels.count
        known = labels
        origin = nil
        uniqueness = isUnique
    }

    /// The rows of another column, each made anew when it is first asked for.
    private init(_ column: LabelColumn, isUnique: Bool?, _ change: @escaping (Labels) -> Labels) {
        count = column.count
        known = Array(repeating: nil, count: column.count)
        origin = (column, change)
        uniqueness = isUnique
    }

    /// Columns that were made of each other are freed one by one: by calls within calls, a long row of
    /// operators would take much stack.
    deinit {
        var next = takeOrigin()
        while next != nil, isKnownUniquelyReferenced(&next) { next = next?.takeOrigin() }
    }

    private func takeOrigin() -> LabelColumn? {
        defer { origin = nil }
        return origin?.column
    }

    /// The one row without labels: of scalars made vectors, and of aggregations over everything.
    static func single(_ labels: Labels = Labels()) -> LabelColumn {
        LabelColumn([labels], isUnique: true)
    }

    subscript(row: Int) -> Labels {
        if let labels = known[row] { return labels }
        guard let origin else { return Labels() }
        let labels = origin.change(origin.column[row])
        known[row] = labels
        return labels
    }

    /// Whether no label set is there twice.
    var isUnique: Bool {
        if let uniqueness { return uniqueness }
        let isUnique = Set((0..<count).map { self[$0] }).count == count
        uniqueness = isUnique
        return isUnique
    }

    /// The same rows without the metric's name, type and unit: what most functions give.
    var withoutMetadata: LabelColumn {
        if let bare { return bare }
        let names = Labels.metadataNames
        guard (0..<count).contains(where: { row in names.contains { !self[row][$0].isEmpty } })
        else {
            bare = self
            return self
        }
        // Where all rows have the same metadata, what was unique stays so.
        let agree = (1..<count).allSatisfy { row in
            names.allSatisfy { self[row][$0] == self[0][$0] }
        }
        let isUnique: Bool? = uniqueness == true && agree ? true : nil
        let column = LabelColumn(self, isUnique: isUnique) { $0.dropping(names) }
        bare = column
        return column
    }

    /// The same rows, each changed in the same way.
    func changing(_ change: LabelChange, _ apply: @escaping (Labels) -> Labels) -> LabelColumn {
        if let known = changed[change]?.object { return known }
        if changed.count >= 64 { changed.removeAll() }
        let column = LabelColumn(self, isUnique: nil, apply)
        changed[change] = Weak(column)
        return column
    }

    /// These rows, and after them the other's.
    func followed(by other: LabelColumn) -> LabelColumn {
        if let joined, joinedOther === other { return joined }
        let rows = (0..<count).map { self[$0] } + (0..<other.count).map { other[$0] }
        let column = LabelColumn(rows)
        (joined, joinedOther) = (column, other)
        return column
    }

    func groups(_ grouping: Grouping) -> Groups {
        if let known = groupings[grouping] { return known }
        if groupings.count >= 64 { groupings.removeAll() }
        let groups: Groups
        if let origin, origin.column.bare === self, grouping.readsNoMetadata {
            groups = origin.column.groups(grouping)
        } else {
            groups = Groups(of: self, grouping)
        }
        groupings[grouping] = groups
        return groups
    }
}

/// A reference that keeps nothing alive.
struct Weak<Object: AnyObject> {
    weak var object: Object?

    init(_ object: Object) { self.object = object }
}

/// A change that was made to a column's label sets, as a name for the result.
enum LabelChange: Hashable {
    case dropping([String])
    case replace([ByteString])
    case join([ByteString])
}

extension Labels {
    /// What says of a series what its values are; an operation gives other values.
    static let metadataNames = [nameLabel, "__type__", "__unit__"]
}
