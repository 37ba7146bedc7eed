// PrometheusAlerts: what another engine's own rules say is wrong.
package import Events
package import Network

/// Asks an engine for its alerts at a steady interval, and answers queries on it meanwhile.
package actor PrometheusAlerts: Feed {
    package nonisolated let source: FeedSource
    /// For queries of rules that belong on this engine.
    package nonisolated let api: PrometheusAPI
    private let interval: Duration

    struct Listing: Decodable, Sendable { var alerts: [PrometheusAlert] }

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        interval = settings.interval ?? .seconds(15)
        api = PrometheusAPI(settings: settings, client: client, resolver: resolver)
    }

    package func run(_ output: any FeedOutput) async throws {
        var told = ToldAlerts()
        while true {
            let alerts = try await alerts()
            if let event = told.take(alerts) { await output.emit(.alerts(source.id, event)) }
            let firing = told.all.count { $0.state == .firing }
            let pending = (told.all.count - firing).counted("pending alert")
            await output.answered("\(firing.grouped) firing, \(pending)")
            try await output.pause(for: interval)
        }
    }

    /// Engines that have no list of alerts, such as an older Thanos, tell them with their rules.
    private func alerts() async throws -> [EngineAlert] {
        do throws(PrometheusError) {
            return try await api.alerts().compactMap(EngineAlert.init).map(hiding)
        } catch {
            guard case .unavailable(let reason) = error else { throw error }
            guard reason.status == 404 else { throw reason }
        }
        let rules = try await api.rules().flatMap(\.rules)
        return rules.flatMap { $0.alerts ?? [] }.compactMap(EngineAlert.init).map(hiding)
    }

    private func hiding(_ alert: EngineAlert) -> EngineAlert { alert.hiding(api.secrets) }
}

extension EngineAlert {
    /// Nil where it is neither pending nor firing.
    fileprivate init?(_ alert: PrometheusAlert) {
        guard let state = AlertState(rawValue: alert.state), state != .resolved else { return nil }
        self.init(
            fingerprint: alert.labels.fingerprint, labels: alert.labels,
            annotations: alert.annotations ?? Labels(), state: state,
            active: alert.activeAt.flatMap { Instant(rfc3339: $0) },
            value: alert.value ?? "")
    }
}
