// AlertEvent: what other engines say is wrong, and what they keep quiet.

/// Why another engine calls nobody for an alert, as an Alertmanager tells it.
package struct Suppression: Hashable, Codable, Sendable {
    /// Silences that it falls under, by id.
    package var silences: [String]
    /// Alerts that inhibit it, by fingerprint.
    package var inhibitors: [String]
    /// Time intervals in which its routes are muted, by name.
    package var intervals: [String]

    package init(
        silences: [String] = [], inhibitors: [String] = [], intervals: [String] = []
    ) {
        (self.silences, self.inhibitors, self.intervals) = (silences, inhibitors, intervals)
    }
}

/// An alert of another engine, such as a Prometheus, while it is pending or firing.
package struct EngineAlert: Hashable, Codable, Sendable {
    /// 16 hexadecimal digits, as Alertmanager shows them.
    package var fingerprint: String
    package var labels: Labels
    package var annotations: Labels
    package var state: AlertState
    /// Since when its condition holds; nil where the engine does not say.
    package var active: Instant?
    /// As the engine writes it: `1.9e-01`, `NaN`.
    package var value: String
    /// Nil where it is not kept quiet there.
    package var suppression: Suppression?

    package init(
        fingerprint: String, labels: Labels, annotations: Labels = Labels(), state: AlertState,
        active: Instant? = nil, value: String = "", suppression: Suppression? = nil
    ) {
        (self.fingerprint, self.labels, self.annotations) = (fingerprint, labels, annotations)
        (self.state, self.active, self.value) = (state, active, value)
        self.suppression = suppression
    }
}

/// What an engine says of its alerts; those of our own rules are computed and never told.
package enum AlertEvent: Hashable, Codable, Sendable {
    /// All that are pending or firing.
    case listed([EngineAlert])
    /// Those that are new or differ; `gone` are fingerprints of those that no longer hold.
    case changed([EngineAlert], gone: [String])
    /// All silences that hold or will, as mutes of that engine.
    case silences([Mute])
}
