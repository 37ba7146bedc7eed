// AlertmanagerFeed: what an Alertmanager says fires, and what it keeps quiet.
package import Events
package import Network

/// Asks for alerts and silences at a steady interval; tells what differs.
package actor AlertmanagerFeed: Feed {
    package nonisolated let source: FeedSource
    private let api: AlertmanagerAPI
    private let silences: SilenceClient
    private let interval: Duration
    private var told: [Mute]?

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        interval = settings.interval ?? .seconds(15)
        api = AlertmanagerAPI(settings: settings, client: client, resolver: resolver)
        silences = SilenceClient(api, of: source.id)
    }

    package func run(_ output: any FeedOutput) async throws {
        told = nil
        var toldAlerts = ToldAlerts()
        while true {
            let peers = try await api.peers()
            let alerts = try await api.alerts()
            let silences = try await silences.all().filter { $0.ended == nil }
            // The silences first: an alert names those that it falls under.
            await tell(silences, output)
            if let event = toldAlerts.take(alerts) {
                await output.emit(.alerts(source.id, event))
            }
            await output.answered(note(alerts, silences, peers))
            try await output.pause(for: interval)
        }
    }

    private func tell(_ silences: [Mute], _ output: any FeedOutput) async {
        let silences = silences.sorted { $0.id < $1.id }
        guard silences != told else { return }
        told = silences
        await output.emit(.alerts(source.id, .silences(silences)))
    }

    /// `14 firing, 3 of them suppressed, 2 silences, cluster of 10.0.0.1:9094 and 10.0.0.2:9094`.
    private func note(_ alerts: [EngineAlert], _ silences: [Mute], _ peers: [String]) -> String {
        let suppressed = alerts.count { $0.suppression != nil }
        var words = ["\(alerts.count.grouped) firing"]
        if suppressed > 0 { words.append("\(suppressed.grouped) of them suppressed") }
        words.append(silences.count.counted("silence"))
        if peers.count > 1 { words.append("cluster of \(peers.joined(separator: " and "))") }
        return words.joined(separator: ", ")
    }
}
