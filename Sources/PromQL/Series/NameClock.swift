// NameClock: when the series of a metric last changed.

/// For each metric's name, how many changes the store had seen when one of its series last changed.
///
/// What was evaluated from certain metrics still holds as long as none of them has changed since.
struct NameClock {
    private var places: [String: Int] = [:]
    private var changed: [Int] = []
    private(set) var changes = 0
    /// How often all places were given anew: those from before are void.
    private(set) var placing = 0

    /// How many names have a place.
    var count: Int { places.count }

    /// Forgets all names.
    mutating func placeAnew() {
        places.removeAll()
        changed.removeAll()
        placing += 1
    }

    /// A metric's place: its name stays known until all places are given anew.
    mutating func place(of name: String) -> Int {
        if let known = places[name] { return known }
        places[name] = changed.count
        changed.append(changes)
        return changed.count - 1
    }

    mutating func touch(_ place: Int) {
        changes += 1
        changed[place] = changes
    }

    /// Whether any of these metrics, or any at all, has changed after the `then`th change.
    func hasChanged(since then: Int, _ places: [Int]?) -> Bool {
        guard let places else { return changes > then }
        return places.contains { changed[$0] > then }
    }
}
