// Vector: an instant vector while it is computed.
import Events

/// Values beside the rows of a column, or beside some of them.
struct Vector {
    var column: LabelColumn
    /// The column's row of each value; nil where each row has one, in the column's order.
    private(set) var rows: [Int32]?
    var values: [Double]

    static var empty: Vector { Vector(LabelColumn([], isUnique: true), values: []) }

    /// One value for each row.
    init(_ column: LabelColumn, values: [Double]) {
        self.column = column
        self.values = values
    }

    /// Values of some rows, in ascending order.
    init(_ column: LabelColumn, ascending rows: [Int32], values: [Double]) {
        self.column = column
        self.rows = rows.count == column.count ? nil : rows
        self.values = values
    }

    /// Values of some rows in an order of their own.
    init(_ column: LabelColumn, ordered rows: [Int32], values: [Double]) {
        self.column = column
        self.rows = rows
        self.values = values
    }

    var count: Int { values.count }

    @inline(__always)
    func row(_ place: Int) -> Int { rows.map { Int($0[place]) } ?? place }

    func labels(_ place: Int) -> Labels { column[row(place)] }

    /// The same values beside the rows of another column of this one's length.
    func with(_ column: LabelColumn) -> Vector {
        var vector = self
        vector.column = column
        return vector
    }

    /// The values for which `isKept` holds, by their place.
    func filtered(_ isKept: (Int) -> Bool) -> Vector {
        var (rows, values): ([Int32], [Double]) = ([], [])
        for place in self.values.indices where isKept(place) {
            rows.append(Int32(row(place)))
            values.append(self.values[place])
        }
        return Vector(column, ordered: rows, values: values)
    }

    /// The values at these places, in this order.
    func picking(_ places: [Int]) -> Vector {
        Vector(column, ordered: places.map { Int32(row($0)) }, values: places.map { values[$0] })
    }

    /// - Throws: ``EvaluationError/sameLabels`` if two values have one label set.
    func checkedForDoubles() throws(EvaluationError) -> Vector {
        guard !column.isUnique, count > 1 else { return self }
        let labels = Set(values.indices.map { self.labels($0) })
        guard labels.count == count else { throw .sameLabels }
        return self
    }

    var samples: [Sample] {
        values.indices.map { Sample(labels($0), values[$0]) }
    }
}
