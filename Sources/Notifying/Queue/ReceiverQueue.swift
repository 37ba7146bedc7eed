// ReceiverQueue: what one receiver is to be told, and when: grouped, once, and not too often.
import Events

/// A pure machine: alerts and the time go in, the notice that is due comes out, one at a time.
///
/// What is to be told is found anew each time from what fires and what the receiver knows, so that
/// nothing is lost over a failure, a restart or another leader.
struct ReceiverQueue: Sendable {
    /// A notification that could not be sent for so long is given up.
    static let patience = Duration.seconds(900)

    let settings: ReceiverSettings
    let environment: String
    /// Since when a group has news.
    private var waiting: [Labels: Instant] = [:]
    private var knowledge: ReceiverKnowledge
    private var bucket = TokenBucket()
    private var pause = RetryPause()
    private var isSending = false
    /// Why the last one could not be sent; nil since one could.
    private(set) var failure: NotificationFailure?

    init(_ settings: ReceiverSettings, environment: String = "", flapWindow: Duration) {
        (self.settings, self.environment) = (settings, environment)
        knowledge = ReceiverKnowledge(settings, flapWindow: flapWindow)
    }

    /// The loudest notice that is due; it is to be followed by ``delivered(_:at:)`` or ``failed``.
    mutating func next(_ alerts: [NotifiedAlert], at now: Instant) -> Notice? {
        guard !isSending else { return nil }
        let groups = knowledge.news(alerts, at: now)
        var waiting: [Labels: Instant] = [:]
        for group in groups.keys { waiting[group] = min(self.waiting[group] ?? now, now) }
        self.waiting = waiting
        bucket.fill(at: now)
        guard pause.isOver(at: now), !bucket.isEmpty else { return nil }
        let due = groups.filter { ready($0.key, $0.value, at: now) <= now }
            .sorted { loudness($0.value) > loudness($1.value) || isElder($0, $1) }
        guard let first = due.first else { return nil }
        bucket.take()
        isSending = true
        let others = bucket.isEmpty ? due.dropFirst() : []
        return notice(first.key, first.value, heldBack: others.map(\.value), at: now)
    }

    /// Keeps in mind that it was told, and returns what is to be written down.
    mutating func delivered(_ notice: Notice, at now: Instant) -> [Delivery] {
        isSending = false
        failure = nil
        pause.recover()
        waiting[notice.group] = nil
        return notice.items.compactMap { item in
            // Clocks differ: what was told is never older than what it tells of.
            let moments = [now, item.alert.since, item.alert.broken?.at, item.alert.ended]
            let telling = Telling(
                at: moments.compactMap(\.self).max() ?? now, isResolved: !item.alert.isFiring)
            knowledge.learn(telling, of: item.alert)
            let isNew = item.occasion != nil
            let isPulse = settings.isKeptAlive && item.occasion == .repeats
            guard isNew, !isPulse, !settings.isLocal else { return nil }
            return Delivery(alert: item.alert, receiver: settings.name, telling: telling)
        }
    }

    /// `jitter` lies between 0 and 1.
    mutating func failed(
        _ notice: Notice, _ error: DeliveryError, at now: Instant, jitter: Double
    ) {
        isSending = false
        if error.isPassing { pause.strike(at: now, asked: error.retryAfter, jitter: jitter) }
        let start = max(waiting[notice.group] ?? now, pause.began ?? now)
        let isOver = !error.isPassing || now - start >= Self.patience
        if isOver {
            waiting[notice.group] = nil
            knowledge.abandon(notice.news, at: now)
        }
        failure = NotificationFailure(
            receiver: settings.name, reason: error.reason, subject: notice.subject,
            count: notice.news.count + notice.truncated, isFinal: isOver)
    }

    /// Somebody else tells: what we waited for is no business of ours.
    mutating func standBack() { (waiting, failure) = ([:], nil) }

    private func ready(_ group: Labels, _ items: [Notice.Item], at now: Instant) -> Instant {
        let start = (waiting[group] ?? now) + settings.groupWait
        let known = items.compactMap { item in
            knowledge.telling(item.alert).map { (item.alert, $0) }
        }
        guard let last = known.map(\.1.at).max() else { return start }
        let worst = known.filter { !$0.1.isResolved }.map(\.0.severity).max() ?? .info
        // What is worse than what they know does not wait for the interval.
        let isWorse = items.contains { item in
            item.occasion != nil && item.alert.isFiring && item.alert.severity > worst
        }
        return isWorse ? start : max(start, min(last, now) + settings.groupInterval)
    }

    private func notice(
        _ group: Labels, _ items: [Notice.Item], heldBack: [[Notice.Item]], at now: Instant
    ) -> Notice {
        // Of too many, the news are told, the worst of them first.
        var told = items.filter { $0.occasion != nil || knowledge.knowsAsFiring($0.alert) }
        let count = told.count
        if count > Notice.most, !settings.isKeptAlive {
            told.sort { $0.rank > $1.rank }
            told = Array(told.prefix(Notice.most))
        }
        told.sort { ($1.alert.severity, $0.alert.labels) < ($0.alert.severity, $1.alert.labels) }
        var notice = Notice(to: settings, in: environment, group: group, told, at: now)
        notice.truncated = count - told.count
        notice.heldBack = heldBack.map { Notice(to: settings, group: group, $0, at: now).subject }
        return notice
    }

    private func loudness(_ items: [Notice.Item]) -> Severity {
        items.filter { $0.occasion != nil && $0.alert.isFiring }.map(\.alert.severity).max()
            ?? .info
    }

    private func isElder(
        _ one: (key: Labels, value: [Notice.Item]), _ other: (key: Labels, value: [Notice.Item])
    ) -> Bool {
        guard loudness(one.value) == loudness(other.value) else { return false }
        let moments = [waiting[one.key], waiting[other.key]]
        return moments[0] == moments[1]
            ? one.key < other.key : moments[0] ?? .distantPast < moments[1] ?? .distantPast
    }
}

extension Notice.Item {
    /// What is told of too many alerts.
    fileprivate var rank: (Int, Severity) { (occasion == nil ? 0 : 1, alert.severity) }
}
