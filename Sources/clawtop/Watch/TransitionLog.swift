// TransitionLog: what happens to alerts, to the store and to the lead, each as one JSON object.
import Events
import WorldModel

/// Compares each world with the one before; the lines are an interface.
struct TransitionLog {
    /// An alert as the last line told of it.
    private struct Known: Equatable {
        var record: AlertRecord
        var hold: AlertStanding.Hold?
        /// Kept until somebody has it again, so that flapping does not break anything anew.
        var broken: AlertStanding.Break?
    }

    /// What happened before is no news.
    private var begin: Instant?

    private var alerts: [AlertRecord.ID: Known] = [:]
    private var seen = (alerts: -1, book: -1)
    private var isStoreLost: Bool?
    /// What was said of the store's content.
    private var remarks: Set<String> = []
    private var isLeading = false

    /// What is new in this world, oldest first.
    mutating func take(_ world: World, isLeading: Bool) -> [JSONText] {
        // An engine that is about to begin, at a reload, knows nothing yet, and no time.
        guard world.now > .distantPast else { return [] }
        begin = begin ?? world.now
        var lines = store(world) + damage(world) + lead(isLeading, world)
        let now = (alerts: world.alerts.revision, book: world.book.revision)
        guard now != seen else { return lines }
        seen = now
        var left = alerts
        for record in world.alerts.all {
            let before = left.removeValue(forKey: record.id)
            let standing = world.book[record.fingerprint]
            let hold = standing?.hold(at: world.now)
            let broken = standing?.broken(at: world.now) ?? before?.broken
            let after = Known(record: record, hold: hold, broken: hold == nil ? broken : nil)
            lines += changes(from: before, to: after, world)
            alerts[record.id] = after
        }
        for known in left.values { lines += gone(known, world) }
        return lines
    }

    private func changes(from before: Known?, to after: Known, _ world: World) -> [JSONText] {
        var events: [(String, [(String, JSONText?)])] = []
        let (was, state) = (before?.record.state, after.record.state)
        if state == .pending, was != .pending { events.append(("pending", [])) }
        if state.isFiring, was?.isFiring != true { events.append(("firing", [])) }
        if state == .resolved, was != .resolved, before != nil { events.append(("resolved", [])) }
        if state.isFiring { events += owners(from: before, to: after) }
        if after.record.mute != before?.record.mute {
            let mute = after.record.mute.flatMap(world.book.mute)
            events.append(
                (
                    mute == nil ? "unmuted" : "muted",
                    [
                        ("by", mute.map { .string("\($0.by)") }),
                        ("until", mute.map { .moment($0.until) }),
                        ("note", mute.map { .string($0.comment) }),
                    ]
                ))
        }
        return events.map { line($0.0, after.record, world, $0.1) }
    }

    private func owners(
        from before: Known?, to after: Known
    ) -> [(String, [(String, JSONText?)])] {
        if let hold = after.hold {
            guard hold != before?.hold else { return [] }
            return [
                (
                    "acknowledged",
                    [
                        ("by", .string("\(hold.by)")), ("until", hold.until.map(JSONText.moment)),
                        ("note", .known(hold.note)),
                    ]
                )
            ]
        }
        guard let broken = after.broken else {
            return before?.hold.map { [("unacknowledged", [("by", .string("\($0.by)"))])] } ?? []
        }
        guard before?.hold != nil || isNews(broken, after: before?.broken) else { return [] }
        return [
            (
                "broken",
                [
                    ("by", .string("\(broken.owner)")), ("reason", .string(broken.reason.words)),
                ]
            )
        ]
    }

    /// That an acknowledgement is over is written down later than it is known.
    private func isNews(
        _ broken: AlertStanding.Break, after other: AlertStanding.Break?
    ) -> Bool {
        let isKnown = other?.reason == broken.reason && other?.owner == broken.owner
        return !isKnown && begin.map { broken.at >= $0 } ?? false
    }

    /// What is no longer told of: a blind source resolves nothing.
    private mutating func gone(_ known: Known, _ world: World) -> [JSONText] {
        let record = known.record
        if let feed = record.feed, world.feeds.isBlind(feed) { return [] }
        switch record.state {
        case .firing, .acknowledged:
            // Ours are resolved before they are gone, unless their rule is; after a reload they come back.
            guard record.feed != nil || isWithoutRule(record, world) else { return [] }
            alerts[record.id] = nil
            return [line("resolved", record, world)]
        case .pending:
            guard record.feed != nil || !world.alerts.rules.isEmpty else { return [] }
            alerts[record.id] = nil
            return [line("inactive", record, world)]
        case .resolved:
            alerts[record.id] = nil
            return []
        }
    }

    private func isWithoutRule(_ record: AlertRecord, _ world: World) -> Bool {
        !world.alerts.rules.isEmpty && world.alerts.rule(record.rule) == nil
    }

    private mutating func store(_ world: World) -> [JSONText] {
        guard world.book.isRead || world.book.problem != nil else { return [] }
        let isLost = world.book.problem != nil
        guard isLost != isStoreLost else { return [] }
        isStoreLost = isLost
        return [
            .object([
                ("time", .moment(world.now)),
                ("event", .string(isLost ? "store_lost" : "store_found")),
                ("reason", world.book.problem.map(JSONText.string)),
            ])
        ]
    }

    private mutating func damage(_ world: World) -> [JSONText] {
        world.book.remarks.filter { remarks.insert($0).inserted }.map { remark in
            .object([
                ("time", .moment(world.now)), ("event", .string("store_damaged")),
                ("reason", .string(remark)),
            ])
        }
    }

    private mutating func lead(_ isLeading: Bool, _ world: World) -> [JSONText] {
        guard isLeading != self.isLeading else { return [] }
        self.isLeading = isLeading
        return [
            .object([
                ("time", .moment(world.now)),
                ("event", .string(isLeading ? "leader_gained" : "leader_lost")),
            ])
        ]
    }

    private func line(
        _ event: String, _ alert: AlertRecord, _ world: World,
        _ details: [(String, JSONText?)] = []
    ) -> JSONText {
        .object(
            [
                ("time", .moment(world.now)), ("event", .string(event)),
                ("environment", .known(world.environment)),
                ("fingerprint", .string(alert.fingerprint)), ("name", .string(alert.name)),
                ("severity", .string(alert.severity.rawValue)), ("labels", .labels(alert.labels)),
                ("value", alert.number.map(JSONText.number)),
                ("since", .moment(alert.begin)),
                ("summary", .known(alert.annotations["summary"])),
                ("source", alert.feed.map(JSONText.string)),
            ] + details)
    }
}
