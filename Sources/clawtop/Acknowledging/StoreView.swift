// StoreView: what one alert store knows now, folded as the dashboard folds it.
import AlertStores
import Events
import WorldModel

/// Nobody needs to run for it: the store remembers, and running clawtops tell it what they see.
struct StoreView: Sendable {
    /// What is over for longer is read only where all is asked for.
    private static let recent = Duration.seconds(7 * 86_400)
    private static let everything = Duration.seconds(366 * 86_400)

    let store: any AlertStore
    /// Alerts in the order of the dashboard; what no clawtop evaluates is as its ledger says.
    private(set) var world = World()
    /// What was seen of an alert last, and by whom.
    private(set) var sightings: [String: (sighting: Observation.Sighting, observer: String)] = [:]
    /// Alerts that running clawtops see and could not tell of.
    let unsaid: Int
    /// What stands in the store and cannot be read.
    let remarks: [String]
    let observers: Int

    init(
        _ store: any AlertStore, policy: AcknowledgementPolicy, at now: Instant,
        all: Bool = false
    ) async throws(StoreError) {
        let contents = try await store.read(since: now - (all ? Self.everything : Self.recent))
        let observations = try await store.observations()
        (self.store, observers) = (store, observations.count)
        unsaid = observations.map(\.unsaid).max() ?? 0
        remarks = contents.remarks
        for observation in observations {
            for sighting in observation.alerts { see(sighting, observation.observer) }
        }
        let session = SessionStart(
            environment: "", feeds: [], traceWindow: .zero, policy: policy)
        let listed = StoreEvent.listed(ledgers: contents.ledgers, mutes: contents.mutes)
        for event in [Event.started(session), .store(listed)] + Self.silences(observations) {
            world.apply(Envelope(sequence: 0, at: now, event: event))
        }
        world.conclude(AlertReport(alerts: records(all: all)))
    }

    var alerts: [AlertRecord] { world.alerts.all }

    /// Nil where no running clawtop evaluates it.
    func evaluated(_ alert: AlertRecord) -> Instant? {
        sightings[alert.fingerprint]?.sighting.evaluated
    }

    /// What several clawtops see of one Alertmanager stands once.
    private static func silences(_ observations: [Observation]) -> [Event] {
        var silences: [FeedID: [Mute.ID: Mute]] = [:]
        for silence in observations.compactMap(\.silences).joined() {
            guard let feed = silence.feed else { continue }
            silences[feed, default: [:]][silence.id] = silence
        }
        return silences.map { .alerts($0.key, .silences(Array($0.value.values))) }
    }

    private mutating func see(_ sighting: Observation.Sighting, _ observer: String) {
        let known = sightings[sighting.fingerprint]?.sighting
        guard (known?.evaluated ?? .distantPast) < sighting.evaluated else { return }
        sightings[sighting.fingerprint] = (sighting, observer)
    }

    private func records(all: Bool) -> [AlertRecord] {
        let ledgers = world.book.ledgers
        let unknown = sightings.values.filter { ledgers[$0.sighting.fingerprint] == nil }
        return unknown.map { AlertRecord($0.sighting) }
            + ledgers.values.compactMap { ledger in
                let standing = world.book[ledger.fingerprint] ?? AlertStanding()
                if let sighting = sightings[ledger.fingerprint]?.sighting,
                    // The clawtop that wrote the end sees it no more; another one may be late.
                    (standing.resolved ?? .distantPast) < sighting.evaluated
                {
                    return AlertRecord(sighting)
                }
                return standing.isFiring || all ? AlertRecord(ledger, standing) : nil
            }
    }
}

extension AlertRecord {
    fileprivate init(_ sighting: Observation.Sighting) {
        self.init(
            fingerprint: sighting.fingerprint, name: sighting.name, labels: sighting.labels,
            annotations: sighting.annotations, state: sighting.state,
            value: sighting.value ?? .nan, active: sighting.since,
            fired: sighting.state == .firing ? sighting.since : nil,
            evaluated: sighting.evaluated, suppression: sighting.suppression)
    }

    /// As its ledger has it.
    fileprivate init(_ ledger: AlertLedger, _ standing: AlertStanding) {
        let since = standing.since ?? ledger.entries.first?.at ?? .distantPast
        self.init(
            fingerprint: ledger.fingerprint, name: ledger.name, labels: ledger.labels,
            state: standing.isFiring ? .firing : .resolved, value: ledger.value ?? .nan,
            active: since, fired: since, resolved: standing.resolved,
            evaluated: ledger.entries.last?.at ?? since)
    }
}

extension AlertLedger {
    /// What it was worth when it fired last.
    fileprivate var value: Double? {
        guard case .fired(let value, _, _) = lastFired?.deed else { return nil }
        return value
    }
}
