// Alerts: what fires and what may soon, the loudest first, and how the rules do.
package import Events

package struct Alerts: Sendable, Equatable {
    /// More news than these in one report only tell that there are more: the ledger is short.
    static let mostNews = 20

    /// What nobody has before what somebody has, what is muted, pending and resolved; within these
    /// the most severe first, then the newest.
    package private(set) var all: [AlertRecord] = []
    /// Those whose last evaluation failed first; else in the order of their files.
    package private(set) var rules: [RuleRecord] = []
    /// What is wrong with the rules themselves, a sentence each.
    package private(set) var problems: [String] = []
    package private(set) var revision = 0
    /// Counts up where the alerts are others, and not only when their rules were evaluated.
    package private(set) var arrangements = 0
    /// What fires and nobody has.
    package private(set) var firing = 0
    package private(set) var acknowledged = 0
    package private(set) var muted = 0
    package private(set) var pending = 0
    /// What fires, by how loud it is.
    package private(set) var loudness: [Severity: Int] = [:]
    /// The rules, by how their last evaluation went.
    package private(set) var healths: [RuleRecord.Health: Int] = [:]
    private var told = AlertReport()
    private var places: [AlertRecord.ID: Int] = [:]
    private var rulePlaces: [RuleRecord.ID: Int] = [:]
    private var byService: [String: [Int]] = [:]
    private var differences = LabelDifferences()
    /// The loudest that fires of each service that has one.
    private(set) var loudestOfServices: [String: Severity] = [:]
    /// As they stand where the many of a name share a row.
    package private(set) var folded = FoldedAlerts()
    private var engines = EngineAlerts()
    /// When an acknowledgement or a mute ends by itself, and all is to be looked at again.
    private var nextEnd: Instant?

    package init() {}

    package subscript(id: AlertRecord.ID) -> AlertRecord? { places[id].map { all[$0] } }

    /// Where an alert stands in ``all``.
    package func place(of id: AlertRecord.ID) -> Int? { places[id] }

    /// What fires, whoever has it, and what is pending.
    package var open: ArraySlice<AlertRecord> {
        all.prefix(firing + acknowledged + muted + pending)
    }

    /// The alerts whose label `service` names it, in the order of ``all``.
    package func of(_ service: String) -> [AlertRecord] {
        (byService[service] ?? []).map { all[$0] }
    }

    /// Those of a service that fire and nobody has.
    package func firing(of service: String) -> ArraySlice<AlertRecord> {
        Self.leading(of(service), upTo: .loud)
    }

    /// Those of a service that fire, whoever has them, or are pending.
    package func open(of service: String) -> ArraySlice<AlertRecord> {
        Self.leading(of(service), upTo: .pending)
    }

    /// The labels whose values differ among the alerts of a name.
    package func labelsThatDiffer(in name: String) -> Set<String> { differences[name] }

    package func rule(_ id: RuleRecord.ID) -> RuleRecord? { rulePlaces[id].map { rules[$0] } }

    /// Where a rule stands in ``rules``.
    package func place(ofRule id: RuleRecord.ID) -> Int? { rulePlaces[id] }

    package func rule(of alert: AlertRecord) -> RuleRecord? { rule(alert.rule) }

    /// How long evaluation has been overdue, where it is by two intervals or more.
    package func lag(at now: Instant) -> Duration? {
        rules.lazy.compactMap { rule in
            rule.evaluated.map { now - $0 - rule.interval * 2 }
        }.filter { $0 > .seconds(1) }.max()
    }

    /// The worst of what fires; nil where nothing does.
    package var worst: Severity? { firing > 0 ? all.first?.severity : nil }

    /// Returns what the ledger should say of it.
    mutating func take(
        _ report: AlertReport, _ book: AlertBook, at now: Instant
    ) -> [Change] {
        let before = told
        let isSame = report.alerts == before.alerts
        guard !isSame || report != before else { return [] }
        told = report
        (rules, problems) = (Self.sickFirst(report.rules), report.problems)
        healths = [:]
        for rule in rules { healths[rule.health, default: 0] += 1 }
        rulePlaces = Dictionary(
            zip(rules.map(\.id), rules.indices), uniquingKeysWith: { first, _ in first })
        guard !isSame else {
            revision += 1
            return []
        }
        let isNews = !report.alerts.elementsEqual(before.alerts) { $0.isSame(as: $1) }
        guard isNews || isDue(at: now) || places.count < all.count else {
            renew()
            return []
        }
        return arrange(book, at: now, isNews: isNews)
    }

    /// Takes what was told where only values moved: each alert stays where it is, and whose it is.
    ///
    /// Where two rules tell of one alert, no place is one alert's own, and all is arranged anew.
    private mutating func renew() {
        for var alert in told.alerts {
            guard let place = places[alert.id], all[place].feed == nil else { continue }
            (alert.state, alert.mute) = (all[place].state, all[place].mute)
            alert.suppression = all[place].suppression
            all[place] = alert
        }
        revision += 1
    }

    /// What another engine says; returns what the ledger should say of it.
    mutating func apply(
        _ event: AlertEvent, from feed: FeedID, _ book: AlertBook, at now: Instant
    ) -> [Change] {
        engines.apply(event, from: feed, at: now)
        return arrange(book, at: now)
    }

    /// Somebody took an alert or gave it back, or mutes are others now.
    mutating func settle(by book: AlertBook, at now: Instant) { _ = arrange(book, at: now) }

    /// Whether an acknowledgement or a mute has ended by itself since all was arranged.
    func isDue(at now: Instant) -> Bool { nextEnd.map { $0 <= now } ?? false }

    private mutating func arrange(
        _ book: AlertBook, at now: Instant, isNews: Bool = true
    ) -> [Change] {
        let before = all
        let isMuting = book.mutes.contains { $0.isActive(at: now) }
        order(
            engines.beside(told.alerts).map { alert in
                var alert = alert
                guard alert.state == .firing else { return alert }
                if book[alert.fingerprint]?.hold(at: now) != nil { alert.state = .acknowledged }
                if isMuting { alert.mute = book.mute(of: alert.labels, at: now)?.id }
                return alert
            })
        folded = FoldedAlerts(all, book, at: now, before: folded)
        nextEnd = book.nextEnd(after: now)
        revision += 1
        if isNews { arrangements += 1 }
        return news(since: before)
    }

    /// Sorts and counts what is told.
    private mutating func order(_ alerts: [AlertRecord]) {
        let ranks = alerts.indices.map { Rank(of: alerts[$0], at: $0) }.sorted { one, other in
            one.comesBefore(other) ?? alerts[one.index].precedes(alerts[other.index])
        }
        all = ranks.map { alerts[$0.index] }
        places = Dictionary(
            zip(all.map(\.id), all.indices), uniquingKeysWith: { first, _ in first })
        var counts: [AlertRank: Int] = [:]
        for rank in ranks { counts[rank.state, default: 0] += 1 }
        (firing, acknowledged) = (counts[.loud] ?? 0, counts[.acknowledged] ?? 0)
        (muted, pending) = (counts[.muted] ?? 0, counts[.pending] ?? 0)
        (loudness, byService, loudestOfServices) = ([:], [:], [:])
        for rank in ranks.prefix(firing) {
            loudness[rank.severity, default: 0] += 1
            let service = alerts[rank.index].labels["service"]
            if !service.isEmpty, loudestOfServices[service] == nil {
                loudestOfServices[service] = rank.severity
            }
        }
        differences = LabelDifferences()
        for (place, alert) in all.enumerated() {
            differences.note(alert)
            let service = alert.labels["service"]
            if !service.isEmpty { byService[service, default: []].append(place) }
        }
    }

    private static func sickFirst(_ rules: [RuleRecord]) -> [RuleRecord] {
        rules.filter { $0.health == .err } + rules.filter { $0.health != .err }
    }

    /// They stand by state, so that a few looks find where one ends.
    private static func leading(
        _ alerts: [AlertRecord], upTo rank: AlertRank
    ) -> ArraySlice<AlertRecord> {
        var (low, high) = (0, alerts.count)
        while low < high {
            let middle = (low + high) / 2
            if alerts[middle].rank <= rank {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return alerts.prefix(low)
    }

    /// What the ledger should say, the loudest first.
    private func news(since before: [AlertRecord]) -> [Change] {
        // By fingerprint: who tells of an alert may change, and that is no news.
        let states = Dictionary(
            before.map { ($0.fingerprint, $0.state) }, uniquingKeysWith: { first, _ in first })
        // Another engine does not tell that an alert is resolved, only no longer of it.
        var ended = before.filter {
            $0.feed != nil && $0.state.isFiring && places[$0.id] == nil
        }
        if !ended.isEmpty {
            let known = Set(all.map(\.fingerprint))
            ended.removeAll { known.contains($0.fingerprint) }
        }
        let changes =
            all.compactMap { Self.change(of: $0, before: states[$0.fingerprint]) }
            + ended.map { Self.change(of: $0, "is resolved") }
        guard changes.count > Self.mostNews else { return changes }
        let more = changes.count - Self.mostNews
        return changes.prefix(Self.mostNews)
            + [Change(.alert, "alerts", "\(more) more fire or are resolved")]
    }

    private static func change(of alert: AlertRecord, before: AlertState?) -> Change? {
        switch (before, alert.state) {
        case (.pending, .firing), (nil, .firing), (.resolved, .firing): change(of: alert, "fires")
        case (.firing, .resolved), (.acknowledged, .resolved): change(of: alert, "is resolved")
        default: nil
        }
    }

    /// One that is of no service is told from others of its name by its labels.
    private static func change(of alert: AlertRecord, _ verb: String) -> Change {
        let service = alert.labels["service"]
        guard service.isEmpty else { return Change(.alert, service, "\(alert.name) \(verb)") }
        let labels = alert.labels.pairs.filter { !["alertname", "severity"].contains($0.name) }
            .prefix(2).map { "\($0.name)=\($0.value)" }
        let place = labels.isEmpty ? "" : ": \(labels.joined(separator: ", "))"
        return Change(.alert, alert.name, "\(alert.name) \(verb)\(place)")
    }
}

extension AlertRecord {
    /// Whether nothing but its value moved since.
    fileprivate func isSame(as other: AlertRecord) -> Bool {
        var other = other
        (other.value, other.evaluated, other.points) = (value, evaluated, points)
        return self == other
    }
}

/// What decides an alert's place, small and computed once: thousands are sorted at a time.
private struct Rank {
    let state: AlertRank
    let severity: Severity
    let begin: Instant
    let index: Int

    init(of alert: AlertRecord, at index: Int) {
        (state, severity, self.index) = (alert.rank, alert.severity, index)
        begin = alert.begin
    }

    /// Nil where it is the same for both.
    func comesBefore(_ other: Self) -> Bool? {
        if state != other.state { return state < other.state }
        if severity != other.severity { return severity > other.severity }
        return begin == other.begin ? nil : begin > other.begin
    }
}

extension AlertRecord {
    fileprivate func precedes(_ other: Self) -> Bool {
        name == other.name ? fingerprint < other.fingerprint : name < other.name
    }
}

/// What stands before what.
enum AlertRank: Int, Comparable {
    case loud, acknowledged, muted, pending, resolved

    static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

extension AlertRecord {
    var rank: AlertRank {
        switch state {
        case .firing: isMuted ? .muted : .loud
        case .acknowledged: isMuted ? .muted : .acknowledged
        case .pending: .pending
        case .resolved: .resolved
        }
    }
}
