// SetOperators: `and`, `or` and `unless` between vectors.
import Events

extension VectorMatching {
    /// The labels that must agree.
    var grouping: Grouping { Grouping(isOn ? .by : .without, labels) }

    func and(_ left: Vector, _ right: Vector) -> Vector {
        let isPresent = presence(of: right, among: left)
        return left.filtered { isPresent[left.row($0)] }
    }

    func unless(_ left: Vector, _ right: Vector) -> Vector {
        let isPresent = presence(of: right, among: left)
        return left.filtered { !isPresent[left.row($0)] }
    }

    func or(_ left: Vector, _ right: Vector) -> Vector {
        guard left.count > 0 else { return right }
        let isPresent = presence(of: left, among: right)
        let more = right.filtered { !isPresent[right.row($0)] }
        guard more.count > 0 else { return left }
        let offset = left.column.count
        let rows =
            left.values.indices.map { Int32(left.row($0)) }
            + more.values.indices.map { Int32(offset + more.row($0)) }
        return Vector(
            left.column.followed(by: right.column), ordered: rows,
            values: left.values + more.values)
    }

    /// For each row of `rows`' column, whether `others` has a value of the same match group.
    private func presence(of others: Vector, among rows: Vector) -> [Bool] {
        let mine = rows.column.groups(grouping)
        let theirs = others.column.groups(grouping)
        var isThere = [Bool](repeating: false, count: theirs.count)
        for place in others.values.indices { isThere[Int(theirs.ids[others.row(place)])] = true }
        let places = mine.places(in: theirs)
        return mine.ids.map { group in
            let place = Int(places[Int(group)])
            return place >= 0 && isThere[place]
        }
    }
}
