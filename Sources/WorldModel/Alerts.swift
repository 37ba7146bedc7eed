// Alerts: what fires and what may soon, the loudest first, and how the rules do.
package import Events

package struct Alerts: Sendable, Equatable {
    /// Firing before pending before resolved; within these the most severe first, then the newest.
    package private(set) var all: [AlertRecord] = []
    package private(set) var rules: [RuleRecord] = []
    /// What is wrong with the rules themselves, a sentence each.
    package private(set) var problems: [String] = []
    package private(set) var revision = 0
    package private(set) var firing = 0
    package private(set) var pending = 0
    private var byService: [String: [AlertRecord]] = [:]
    private var own: [AlertRecord] = []
    private var engines = EngineAlerts()

    package init() {}

    package subscript(id: AlertRecord.ID) -> AlertRecord? { all.first { $0.id == id } }

    /// The alerts whose label `service` names it.
    package func of(_ service: String) -> [AlertRecord] { byService[service] ?? [] }

    package func rule(of alert: AlertRecord) -> RuleRecord? {
        rules.first { $0.id == alert.rule }
    }

    /// The worst of what fires; nil where nothing does.
    package var worst: Severity? {
        all.lazy.filter { $0.state == .firing }.map(\.severity).max()
    }

    /// Returns what the ledger should say of it.
    mutating func take(_ report: AlertReport) -> [Change] {
        guard report.alerts != own || report.rules != rules || report.problems != problems else {
            return []
        }
        (own, rules, problems) = (report.alerts, report.rules, report.problems)
        return arrange()
    }

    /// What another engine says; returns what the ledger should say of it.
    mutating func apply(_ event: AlertEvent, from feed: FeedID, at now: Instant) -> [Change] {
        engines.apply(event, from: feed, at: now)
        return arrange()
    }

    private mutating func arrange() -> [Change] {
        let alerts = own + engines.all
        let before = Dictionary(all.map { ($0.id, $0.state) }, uniquingKeysWith: { $1 })
        let present = Set(alerts.map(\.id))
        let changes =
            alerts.compactMap { Self.change(of: $0, before: before[$0.id]) }
            + all.filter { $0.state == .firing && $0.feed != nil && !present.contains($0.id) }
            .map { Change(.alert, Self.subject(of: $0), "\($0.name) is resolved") }
        all = alerts.sorted(by: Self.comesBefore)
        firing = all.count { $0.state == .firing }
        pending = all.count { $0.state == .pending }
        byService = Dictionary(grouping: all, by: { $0.labels["service"] })
        revision += 1
        return changes
    }

    private static func subject(of alert: AlertRecord) -> String {
        let service = alert.labels["service"]
        return service.isEmpty ? alert.name : service
    }

    private static func change(of alert: AlertRecord, before: AlertState?) -> Change? {
        let subject = subject(of: alert)
        return switch (before, alert.state) {
        case (.pending, .firing), (nil, .firing), (.resolved, .firing):
            Change(.alert, subject, "\(alert.name) fires")
        case (.firing, .resolved): Change(.alert, subject, "\(alert.name) is resolved")
        default: nil
        }
    }

    private static func comesBefore(_ one: AlertRecord, _ other: AlertRecord) -> Bool {
        if one.state != other.state { return rank(one.state) < rank(other.state) }
        if one.severity != other.severity { return one.severity > other.severity }
        let begins = (one.fired ?? one.active, other.fired ?? other.active)
        if begins.0 != begins.1 { return begins.0 > begins.1 }
        return (one.name, one.fingerprint) < (other.name, other.fingerprint)
    }

    private static func rank(_ state: AlertState) -> Int {
        switch state {
        case .firing: 0
        case .pending: 1
        case .resolved: 2
        }
    }
}
