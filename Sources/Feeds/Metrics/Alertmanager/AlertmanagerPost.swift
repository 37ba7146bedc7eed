// AlertmanagerPost: alerts sent to an Alertmanager, as Prometheus sends them.
package import Events
package import Network

/// One alert that fires or is resolved.
package struct PostedAlert: Hashable, Sendable {
    package var labels: Labels
    package var annotations: Labels
    /// When it fired, which is not when its condition began to hold.
    package var fired: Instant
    package var resolved: Instant?
    /// Where people see what it is computed of; empty where there is no such page.
    package var generatorURL: String

    package init(
        labels: Labels, annotations: Labels = Labels(), fired: Instant, resolved: Instant? = nil,
        generatorURL: String = ""
    ) {
        (self.labels, self.annotations, self.fired) = (labels, annotations, fired)
        (self.resolved, self.generatorURL) = (resolved, generatorURL)
    }
}

package struct AlertmanagerPost: Sendable {
    private let api: AlertmanagerAPI
    /// An alert that fires is to be posted again after this.
    package let resendInterval: Duration

    package init(
        settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver,
        resendInterval: Duration = .seconds(60)
    ) {
        api = AlertmanagerAPI(settings: settings, client: client, resolver: resolver)
        self.resendInterval = resendInterval
    }

    /// Sends alerts in one request; of those that fire the Alertmanager says that they are resolved
    /// when it has not heard of them for four resend intervals.
    ///
    /// - Throws: also where one is refused, though the others were taken.
    package func post(_ alerts: [PostedAlert], at now: Instant) async throws(FeedError) {
        guard !alerts.isEmpty else { return }
        let end = now + resendInterval * 4
        let body = alerts.map { WireAlert($0, firingUntil: end) }
        _ = try await api.send("POST", "/api/v2/alerts", body)
    }
}

private struct WireAlert: Encodable {
    var labels: Labels
    var annotations: Labels?
    var startsAt: String
    var endsAt: String
    var generatorURL: String?

    init(_ alert: PostedAlert, firingUntil end: Instant) {
        labels = alert.labels
        annotations = alert.annotations.isEmpty ? nil : alert.annotations
        startsAt = alert.fired.rfc3339
        // It may not end before it starts.
        endsAt = max(alert.resolved ?? end, alert.fired).rfc3339
        generatorURL = alert.generatorURL.isEmpty ? nil : alert.generatorURL
    }
}
