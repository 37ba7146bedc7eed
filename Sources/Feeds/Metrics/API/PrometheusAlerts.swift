// PrometheusAlerts: what another engine's own rules say is wrong.
package import Events
package import Network

/// Asks an engine for its alerts at a steady interval, and answers queries on it meanwhile.
package actor PrometheusAlerts: Feed {
    package nonisolated let source: FeedSource
    /// For queries of rules that belong on this engine.
    package nonisolated let api: PrometheusAPI
    private let interval: Duration
    private var known: [String: EngineAlert] = [:]

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
        var isFirst = true
        while true {
            let alerts = try await api.alerts().compactMap(EngineAlert.init)
            await tell(alerts, isFirst: isFirst, output)
            isFirst = false
            try await output.pause(for: interval)
        }
    }

    private func tell(_ alerts: [EngineAlert], isFirst: Bool, _ output: any FeedOutput) async {
        // Two alerts with one label set would be one rule told twice.
        let now = Dictionary(alerts.map { ($0.fingerprint, $0) }, uniquingKeysWith: { $1 })
        let new = now.values.filter { known[$0.fingerprint] != $0 }
            .sorted { $0.fingerprint < $1.fingerprint }
        let gone = known.keys.filter { now[$0] == nil }.sorted()
        known = now
        if isFirst {
            let all = now.values.sorted { $0.fingerprint < $1.fingerprint }
            await output.emit(.alerts(source.id, .listed(all)))
        } else if !new.isEmpty || !gone.isEmpty {
            await output.emit(.alerts(source.id, .changed(new, gone: gone)))
        }
        let firing = now.values.count { $0.state == .firing }
        await output.answered(
            "\(firing.grouped) firing, \((now.count - firing).counted("pending alert"))")
    }
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

extension Labels {
    /// The hash by which Alertmanager knows an alert: FNV-1a over names and values, each followed by
    /// a byte that no text has.
    fileprivate var fingerprint: String {
        var bytes: [UInt8] = []
        for label in pairs {
            bytes += Array(label.name.utf8) + [0xFF] + Array(label.value.utf8) + [0xFF]
        }
        let digits = String(FNV.hash(bytes), radix: 16)
        return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
    }
}
