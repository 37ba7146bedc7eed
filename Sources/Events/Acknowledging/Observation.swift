// Observation: what one running clawtop evaluates, for scripts that ask the store.

package struct Observation: Hashable, Codable, Sendable {
    /// One alert as that clawtop saw it last.
    package struct Sighting: Hashable, Codable, Sendable {
        package var fingerprint: String
        package var name: String
        package var labels: Labels
        package var annotations: Labels
        package var state: AlertState
        /// Absent where it is no number.
        package var value: Double?
        package var since: Instant
        package var evaluated: Instant
        package var hasNoData: Bool
        /// Why an Alertmanager keeps it quiet.
        package var suppression: Suppression?

        package init(
            fingerprint: String, name: String, labels: Labels, annotations: Labels,
            state: AlertState, value: Double?, since: Instant, evaluated: Instant,
            hasNoData: Bool, suppression: Suppression? = nil
        ) {
            (self.fingerprint, self.name, self.labels) = (fingerprint, name, labels)
            (self.annotations, self.state, self.value) = (annotations, state, value)
            (self.since, self.evaluated, self.hasNoData) = (since, evaluated, hasNoData)
            self.suppression = suppression
        }
    }

    /// Unique among clawtops that run: `ada@laptop/4711`.
    package var observer: String
    /// Told again at least every ``pulse``: what is older than three of them has ended.
    package var at: Instant
    package var environment: String
    /// What is pending or fires; and how many more there are than can be told.
    package var alerts: [Sighting]
    package var unsaid: Int
    /// Silences of the Alertmanagers that it watches; nil where an older clawtop tells.
    package var silences: [Mute]?

    package static let pulse = Duration.seconds(15)
    /// The most that are told.
    package static let most = 5000
    package static let mostSilences = 200

    package init(
        observer: String, at: Instant, environment: String, alerts: [Sighting], unsaid: Int = 0,
        silences: [Mute]? = nil
    ) {
        (self.observer, self.at, self.environment) = (observer, at, environment)
        (self.alerts, self.unsaid, self.silences) = (alerts, unsaid, silences)
    }
}
