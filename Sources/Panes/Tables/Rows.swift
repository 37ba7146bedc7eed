// Rows: the order of a section's rows, as cheap as the world's own order where it is that.
import Events
import WorldModel

/// Row ids by place.
enum Rows: Sendable {
    /// As the registry keeps them: nothing is copied, however many there are.
    case services([Service])
    case alerts(ArraySlice<AlertRecord>)
    case rules([RuleRecord])
    case list([RowID])

    static let none = Rows.list([])

    var count: Int {
        switch self {
        case .services(let services): services.count
        case .alerts(let alerts): alerts.count
        case .rules(let rules): rules.count
        case .list(let ids): ids.count
        }
    }

    subscript(index: Int) -> RowID {
        switch self {
        case .services(let services): .service(services[index].name)
        case .alerts(let alerts): .alert(alerts[alerts.startIndex + index].id)
        case .rules(let rules): .rule(rules[index].id)
        case .list(let ids): ids[index]
        }
    }

    var ids: [RowID] {
        switch self {
        case .services(let services): services.map { .service($0.name) }
        case .alerts(let alerts): alerts.map { .alert($0.id) }
        case .rules(let rules): rules.map { .rule($0.id) }
        case .list(let ids): ids
        }
    }

    /// Where `row` stands; `guess` is where it stood last, and is looked at first.
    func place(of row: RowID, near guess: Int, in world: World) -> Int? {
        if guess >= 0, guess < count, self[guess] == row { return guess }
        if let place = known(row, in: world), place < count, self[place] == row { return place }
        return (0..<count).first { self[$0] == row }
    }
    /// Where the world keeps it, which is where it stands unless the rows are older or only some.
    private func known(_ row: RowID, in world: World) -> Int? {
        switch (self, row) {
        case (.services, .service(let name)): world.registry.place(of: name)
        case (.alerts, .alert(let id)): world.alerts.place(of: id)
        case (.rules, .rule(let id)): world.alerts.place(ofRule: id)
        default: nil
        }
    }
}
