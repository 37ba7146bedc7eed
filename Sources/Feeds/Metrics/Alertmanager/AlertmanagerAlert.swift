// AlertmanagerAlert: an alert as an Alertmanager's API tells it.
import Events

/// `endsAt` is left out: of an alert that fires it is when it would be forgotten, some minutes ahead.
struct AlertmanagerAlert: Decodable {
    struct Status: Decodable {
        var silencedBy: [String]?
        var inhibitedBy: [String]?
        /// Since 0.28; before, who is muted by the hour looks like any other.
        var mutedBy: [String]?
    }

    var fingerprint: String
    var labels: Labels
    var annotations: Labels?
    var startsAt: WireInstant
    var status: Status

    /// All that is listed fires: what is resolved is no longer told.
    var engineAlert: EngineAlert {
        let suppression = Suppression(
            silences: (status.silencedBy ?? []).sorted(),
            inhibitors: (status.inhibitedBy ?? []).sorted(),
            intervals: (status.mutedBy ?? []).sorted())
        return EngineAlert(
            fingerprint: fingerprint, labels: labels, annotations: annotations ?? Labels(),
            state: .firing, active: startsAt.instant,
            suppression: suppression == Suppression() ? nil : suppression)
    }
}

/// A moment as RFC 3339 writes it.
struct WireInstant: Decodable {
    var instant: Instant

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(rfc3339: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\(text) is no moment")
        }
        self.instant = instant
    }
}
