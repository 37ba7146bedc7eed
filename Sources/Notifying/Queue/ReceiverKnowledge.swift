// ReceiverKnowledge: what one receiver was told, and what would be news to it.
import Events
import WorldModel

/// Ledgers know it for all clawtops; what we told ourselves stands here until they do.
struct ReceiverKnowledge: Sendable {
    /// One occasion of one alert.
    private struct News: Hashable {
        var fingerprint: String
        var since: Instant
        var occasion: Notice.Occasion

        init(_ alert: NotifiedAlert, _ occasion: Notice.Occasion) {
            (fingerprint, since, self.occasion) = (alert.fingerprint, alert.since, occasion)
        }
    }

    private let settings: ReceiverSettings
    private let matchers: MatcherSet?
    private let flapWindow: Duration
    /// What we told ourselves, by fingerprint.
    private var told: [String: Telling] = [:]
    /// News that were given up, and when; they are tried again when they would be repeated.
    private var abandoned: [News: Instant] = [:]

    init(_ settings: ReceiverSettings, flapWindow: Duration) {
        self.settings = settings
        self.flapWindow = settings.isKeptAlive ? .zero : flapWindow
        matchers = try? MatcherSet(settings.matchers)
    }

    mutating func learn(_ telling: Telling, of alert: NotifiedAlert) {
        told[alert.fingerprint] = telling
    }

    mutating func abandon(_ items: [Notice.Item], at now: Instant) {
        for item in items {
            if let occasion = item.occasion { abandoned[News(item.alert, occasion)] = now }
        }
    }

    /// The groups that have news, with all that the receiver knows of them.
    mutating func news(
        _ alerts: [NotifiedAlert], at now: Instant
    ) -> [Labels: [Notice.Item]] {
        forget(besides: alerts)
        let memory = settings.repeatInterval ?? .seconds(4 * 3600)
        abandoned = abandoned.filter { $0.value <= now && now - $0.value < memory }
        var groups: [Labels: [Notice.Item]] = [:]
        for alert in alerts where concerns(alert) {
            let item = Notice.Item(alert, occasion(alert, at: now))
            guard item.occasion != nil || telling(alert) != nil else { continue }
            groups[group(of: alert), default: []].append(item)
        }
        return groups.filter { $0.value.contains { $0.occasion != nil } }
    }

    /// In front of a screen nobody is told twice of what vanished and comes back as it was.
    ///
    /// Its source was away, or the configuration was read again.
    private mutating func forget(besides alerts: [NotifiedAlert]) {
        guard !settings.isLocal || told.count > 2 * alerts.count + 1000 else { return }
        let present = Set(alerts.map(\.fingerprint))
        told = told.filter { present.contains($0.key) }
    }

    private func concerns(_ alert: NotifiedAlert) -> Bool {
        alert.severity >= settings.severity && (settings.isLocal || !alert.isForeign)
            && (settings.matchers.isEmpty || matchers?.matches(alert.labels) == true)
    }

    private func group(of alert: NotifiedAlert) -> Labels {
        settings.groupBy == [ReceiverSettings.everyLabel]
            ? alert.labels : alert.labels.keeping(settings.groupBy)
    }

    func telling(_ alert: NotifiedAlert) -> Telling? {
        let written = alert.told[settings.name]
        guard let own = told[alert.fingerprint] else { return settings.isLocal ? nil : written }
        return written.map { $0.at > own.at ? $0 : own } ?? own
    }

    func knowsAsFiring(_ alert: NotifiedAlert) -> Bool {
        alert.isFiring && telling(alert)?.isResolved == false
    }

    /// Why the receiver is to be told of an alert; nil where there is no reason.
    private func occasion(_ alert: NotifiedAlert, at now: Instant) -> Notice.Occasion? {
        let occasion =
            alert.isFiring ? whileFiring(alert, at: now) : onceResolved(alert, at: now)
        return occasion.flatMap { abandoned[News(alert, $0)] == nil ? $0 : nil }
    }

    private func whileFiring(_ alert: NotifiedAlert, at now: Instant) -> Notice.Occasion? {
        let telling = telling(alert)
        let isLong = telling.flatMap { last in
            settings.repeatInterval.map { now - min(last.at, now) >= $0 }
        }
        if settings.isKeptAlive, telling?.isResolved == false {
            return isLong == true ? .repeats : nil
        }
        guard !alert.isAcknowledged, !alert.isMuted else { return nil }
        guard let telling else { return .fires }
        if telling.isResolved || telling.at < alert.since { return .firesAgain }
        if let broken = alert.broken, broken.at > telling.at { return .broken(broken.words) }
        return isLong == true ? .repeats : nil
    }

    /// Only who was told that it fires; of what flaps, once it has been quiet for long enough.
    private func onceResolved(_ alert: NotifiedAlert, at now: Instant) -> Notice.Occasion? {
        guard let ended = alert.ended, telling(alert)?.isResolved == false else { return nil }
        guard alert.flaps == 0 || now - ended >= flapWindow else { return nil }
        return .resolved
    }
}
