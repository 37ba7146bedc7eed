// Rows: the order of a section's rows, as cheap as the world's own order where it is that.
import WorldModel

/// Row ids by place.
enum Rows: Sendable {
    /// As the registry keeps them: nothing is copied, however many there are.
    case services([Service])
    case list([RowID])

    static let none = Rows.list([])

    var count: Int {
        switch self {
        case .services(let services): services.count
        case .list(let ids): ids.count
        }
    }

    subscript(index: Int) -> RowID {
        switch self {
        case .services(let services): .service(services[index].name)
        case .list(let ids): ids[index]
        }
    }

    var ids: [RowID] {
        switch self {
        case .services(let services): services.map { .service($0.name) }
        case .list(let ids): ids
        }
    }

    /// Where `row` stands; `guess` is where it stood last, and is looked at first.
    func place(of row: RowID, near guess: Int, in world: World) -> Int? {
        if guess >= 0, guess < count, self[guess] == row { return guess }
        if case .services(let services) = self, case .service(let name) = row,
            let place = world.registry.place(of: name), place < services.count,
            services[place].name == name
        {
            return place
        }
        return (0..<count).first { self[$0] == row }
    }
}
