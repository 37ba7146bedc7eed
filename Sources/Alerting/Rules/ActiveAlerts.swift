// ActiveAlerts: the alerts of one rule, moved from evaluation to evaluation.
import Events
import PromQL

/// Pending and firing alerts, and those that were resolved lately.
struct ActiveAlerts {
    private struct Entry {
        var alert: Alert
        let series: AlertSeries
        var course: AlertCourse?
        /// When it was restored; nil once an evaluation has found it.
        var restored: Instant?

        init(_ alert: Alert, restored: Instant? = nil) {
            self.alert = alert
            self.restored = restored
            series = AlertSeries(alert.labels)
        }

        /// The windows of its rule are still filling.
        func isSettling(at now: Instant) -> Bool {
            restored.map { now - $0 < ActiveAlerts.settlingTime } ?? false
        }
    }

    /// So long after a restart an alert that is not found is left as it was: what its rule reads has
    /// only begun to be written, and a rate needs some samples.
    static let settlingTime = Duration.seconds(60)

    private var entries: [Labels: Entry] = [:]
    /// The keys of ``entries``, sorted by the evaluation that changed them; nil since another change.
    private var order: [Labels]?

    /// In the order of their labels.
    var all: [Alert] { (order ?? entries.keys.sorted()).compactMap { entries[$0]?.alert } }

    /// Pending or firing.
    var activeCount: Int { entries.values.count { $0.alert.state != .resolved } }

    /// The loudest; nil where none is pending or firing.
    var loudest: AlertState? {
        let states = entries.values.map(\.alert.state)
        return states.contains(.firing) ? .firing : states.contains(.pending) ? .pending : nil
    }

    /// When the next of the pending ones has been found for as long as its rule asks.
    func nextFiring(_ rule: AlertRule, after now: Instant) -> Instant? {
        entries.values.lazy.filter { $0.alert.state == .pending }
            .map { $0.alert.activeAt + rule.holdDuration }.filter { $0 > now }.min()
    }

    /// The samples that tell of the alerts that are pending or firing.
    var samples: [Sample] {
        entries.values.filter { $0.alert.state != .resolved }
            .flatMap { $0.series.samples(of: $0.alert) }
    }

    /// Takes an alert as it is.
    mutating func insert(_ alert: Alert) {
        entries[alert.labels] = Entry(alert)
        order = nil
    }

    /// Takes an alert of an earlier run of the program as it was.
    mutating func restore(_ alert: Alert, at now: Instant) {
        entries[alert.labels] = Entry(alert, restored: now)
        order = nil
    }

    /// Moves the alerts one evaluation forward; `found` are those that the rule's expression returned.
    ///
    /// What is not found is over, unless it `isUnseen`: of that nothing can be said.
    ///
    /// - Returns: what changed, in the order of labels.
    mutating func advance(
        _ rule: AlertRule, found: [Labels: FoundAlert], at now: Instant,
        isUnseen: (Labels) -> Bool = { _ in false }
    ) -> [AlertTransition] {
        var transitions: [AlertTransition] = []
        for (labels, entry) in entries where found[labels] == nil {
            if entry.alert.state != .resolved, entry.isSettling(at: now) || isUnseen(labels) {
                continue
            }
            let after = entry.alert.missed(by: rule, at: now)
            if after == nil { order = nil }
            entries[labels] = after.map { alert in
                var entry = entry
                entry.alert = alert
                return entry
            }
            transitions.append(from: entry.alert, to: after)
        }
        for (labels, found) in found {
            let before = entries[labels]?.alert
            if before == nil { order = nil }
            let after = (before ?? Alert(labels, found, at: now)).found(found, by: rule, at: now)
            entries[labels, default: Entry(after)].alert = after
            entries[labels]?.restored = nil
            entries[labels]?.course?.note(found.value, at: now)
            transitions.append(from: before, to: after)
        }
        if order == nil { order = entries.keys.sorted() }
        return transitions.sorted { $0.alert.labels < $1.alert.labels }
    }

    /// The alerts among `found` whose course is not kept yet.
    func withoutCourse(_ found: [Labels: FoundAlert]) -> [Labels: FoundAlert] {
        found.filter { entries[$0.key]?.course == nil }
    }

    mutating func begin(_ course: AlertCourse, of labels: Labels) {
        entries[labels]?.course = course
    }

    /// How the values of an alert went.
    func points(of alert: Alert) -> AlertRecord.Points? { entries[alert.labels]?.course?.points }

    /// Forgets every alert.
    mutating func removeAll() -> [AlertTransition] {
        defer { (entries, order) = ([:], nil) }
        return all.compactMap { AlertTransition(from: $0, to: nil) }
    }
}

extension [AlertTransition] {
    fileprivate mutating func append(from before: Alert?, to after: Alert?) {
        if let transition = AlertTransition(from: before, to: after) { append(transition) }
    }
}
