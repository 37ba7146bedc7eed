// AlertGroup: alerts of one name that are too many for a row each.
package import Events

/// What stands open of a name, or what is resolved of it, counted once for each arrangement.
package struct AlertGroup: Sendable, Equatable, Identifiable {
    package struct ID: Hashable, Sendable {
        package var name: String
        package var isResolved: Bool

        package init(_ name: String, isResolved: Bool = false) {
            (self.name, self.isResolved) = (name, isResolved)
        }

        init(of alert: AlertRecord) {
            self.init(alert.name, isResolved: alert.state == .resolved)
        }
    }

    /// How many there are of somebody.
    package struct Share: Sendable, Equatable {
        package var user: String
        package var count: Int
    }

    /// So many of a name have a row each; more of them share one.
    static let mostApart = 8
    /// A group that shrinks is kept down to this, so that one alert that comes and goes moves no rows.
    static let fewestTogether = 6
    /// So many services are named; the others are counted.
    static let mostServices = 4

    package let id: ID
    /// Where they stand in ``Alerts/all``: the loudest first.
    package private(set) var places: [Int] = []
    /// What fires and nobody has, by how loud it is.
    package private(set) var loudness: [Severity: Int] = [:]
    package private(set) var acknowledged = 0
    package private(set) var muted = 0
    package private(set) var pending = 0
    package private(set) var oldest = Instant(milliseconds: .max)
    package private(set) var newest = Instant(milliseconds: .min)
    /// The services of the loudest, and how many there are of all.
    package private(set) var services: [String] = []
    package private(set) var serviceCount = 0
    /// Who has how many, most first.
    package private(set) var owners: [Share] = []

    package var count: Int { places.count }
    /// The service that all of them are about.
    package var onlyService: String? { serviceCount == 1 ? services.first : nil }
    package var firing: Int { loudness.values.reduce(0, +) }

    init(_ id: ID, _ places: [Int], of all: [AlertRecord], _ book: AlertBook, at now: Instant) {
        (self.id, self.places) = (id, places)
        var seen: Set<String> = []
        var owners: [String: Int] = [:]
        for alert in places.lazy.map({ all[$0] }) {
            count(alert)
            (oldest, newest) = (min(oldest, alert.begin), max(newest, alert.begin))
            let service = alert.labels["service"]
            if !service.isEmpty, seen.insert(service).inserted, services.count < Self.mostServices {
                services.append(service)
            }
            if alert.state == .acknowledged, let hold = book[alert.fingerprint]?.hold(at: now) {
                owners[hold.by.user, default: 0] += 1
            }
        }
        serviceCount = seen.count
        self.owners = owners.map { Share(user: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.user) < ($0.count, $1.user) }
    }

    private mutating func count(_ alert: AlertRecord) {
        switch alert.rank {
        case .loud: loudness[alert.severity, default: 0] += 1
        case .acknowledged: acknowledged += 1
        case .muted: muted += 1
        case .pending: pending += 1
        case .resolved: break
        }
    }
}

/// All alerts in their order, those of a group at the place of its loudest one.
package struct FoldedAlerts: Sendable, Equatable {
    /// A row: one alert by its place in ``Alerts/all``, or a whole group.
    package enum Entry: Sendable, Equatable {
        case alert(Int)
        case group(AlertGroup.ID)
    }

    package private(set) var groups: [AlertGroup.ID: AlertGroup] = [:]
    /// Empty where there is no group: then all alerts stand for themselves.
    package private(set) var entries: [Entry] = []
    private var openCount = 0

    /// The entries of what is not resolved.
    package var open: ArraySlice<Entry> { entries.prefix(openCount) }

    init() {}

    /// `before` says what was a group already.
    init(_ all: [AlertRecord], _ book: AlertBook, at now: Instant, before: Self) {
        guard all.count >= AlertGroup.fewestTogether else { return }
        var heads: [Int: AlertGroup.ID] = [:]
        var isFolded = Array(repeating: false, count: all.count)
        let byName = Dictionary(grouping: all.indices) { AlertGroup.ID(of: all[$0]) }
        for (id, places) in byName {
            let isKept = before.groups[id] != nil && places.count >= AlertGroup.fewestTogether
            guard isKept || places.count > AlertGroup.mostApart else { continue }
            groups[id] = AlertGroup(id, places, of: all, book, at: now)
            for place in places { isFolded[place] = true }
            heads[places[0]] = id
        }
        guard !groups.isEmpty else { return }
        for place in all.indices {
            if let id = heads[place] {
                entries.append(.group(id))
            } else if !isFolded[place] {
                entries.append(.alert(place))
            } else {
                continue
            }
            if all[place].state != .resolved { openCount += 1 }
        }
    }
}

extension Alerts {
    package func group(_ id: AlertGroup.ID) -> AlertGroup? { folded.groups[id] }

    /// The group that an alert is folded into; nil where it stands for itself.
    package func group(of alert: AlertRecord) -> AlertGroup? {
        folded.groups.isEmpty ? nil : folded.groups[AlertGroup.ID(of: alert)]
    }

    /// The ids of a group's alerts, the loudest first.
    package func ids(of id: AlertGroup.ID) -> [AlertRecord.ID] {
        folded.groups[id]?.places.map { all[$0].id } ?? []
    }

    /// The alerts of a group, the loudest first.
    package func members(of id: AlertGroup.ID) -> [AlertRecord] {
        folded.groups[id]?.places.map { all[$0] } ?? []
    }
}
