// PrometheusAPI: questions to an engine that speaks Prometheus' HTTP API.
package import Events
import FoundationEssentials
package import Network

/// Prometheus, Thanos, Mimir (address with its prefix `/prometheus`, and a tenant), VictoriaMetrics.
///
/// Source: <https://prometheus.io/docs/prometheus/latest/querying/api/>
package struct PrometheusAPI: Sendable {
    private let server: Server
    var secrets: OwnSecrets { server.secrets }

    package init(
        settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver
    ) {
        server = Server(
            settings, client: client, resolver: resolver, headers: settings.engineHeaders)
    }

    /// The expression's value at a moment; nil lets the engine take its own now.
    package func query(
        _ expression: String, at time: Instant? = nil
    ) async throws(PrometheusError) -> PrometheusAnswer {
        var form = [("query", expression)]
        if let time { form.append(("time", time.inSeconds)) }
        return try await answer("/api/v1/query", form)
    }

    /// The expression's values from `start` to `end`, each `step`.
    package func query(
        _ expression: String, from start: Instant, to end: Instant, step: Duration
    ) async throws(PrometheusError) -> PrometheusAnswer {
        let step = Instant(milliseconds: step.milliseconds).inSeconds
        return try await answer(
            "/api/v1/query_range",
            [
                ("query", expression), ("start", start.inSeconds), ("end", end.inSeconds),
                ("step", step),
            ])
    }

    /// The engine's rules.
    package func rules() async throws(PrometheusError) -> [PrometheusRules.Group] {
        let path = "/api/v1/rules"
        return try await get(path, as: PrometheusRules.self).groups
    }

    /// The engine's alerts that are pending or firing.
    package func alerts() async throws(PrometheusError) -> [PrometheusAlert] {
        try await get("/api/v1/alerts", as: PrometheusAlerts.Listing.self).alerts
    }

    /// The engine's version; empty where it does not tell one, as VictoriaMetrics.
    package func version() async throws(PrometheusError) -> String {
        struct BuildInformation: Decodable { var version: String? }
        let path = "/api/v1/status/buildinfo"
        return try await get(path, as: BuildInformation.self).version ?? ""
    }

    private func get<Value: Decodable & Sendable>(
        _ path: String, as type: Value.Type
    ) async throws(PrometheusError) -> Value {
        try data(type, try await ask(path), from: path).data
    }

    private func answer(
        _ path: String, _ form: [(name: String, value: String)]
    ) async throws(PrometheusError) -> PrometheusAnswer {
        let body = form.map { "\($0.name)=\($0.value.percentEncoded())" }.joined(separator: "&")
        let envelope = try data(
            PrometheusResult.self, try await ask(path, form: Array(body.utf8)), from: path)
        let warnings = (envelope.warnings ?? []) + envelope.gaps + envelope.data.gaps
        return PrometheusAnswer(
            result: envelope.data.value, warnings: warnings.map(server.hidden),
            infos: (envelope.infos ?? []).map(server.hidden))
    }

    /// A form is sent by POST: expressions may be longer than an address.
    private func ask(
        _ path: String, form: [UInt8] = []
    ) async throws(PrometheusError) -> HTTPAnswer {
        do throws(FeedError) {
            guard !form.isEmpty else { return try await server.ask(path) }
            return try await server.ask(
                path, method: "POST", body: form,
                headers: [("Content-Type", "application/x-www-form-urlencoded")])
        } catch {
            throw .unavailable(error)
        }
    }

    private func data<Value: Decodable>(
        _ type: Value.Type, _ answer: HTTPAnswer, from path: String
    ) throws(PrometheusError) -> Envelope<Value> {
        if answer.status != 200,
            let refusal = try? JSONDecoder().decode(
                PrometheusRefusal.self, from: Data(answer.body))
        {
            let words = server.hidden(refusal.error)
            throw refusal.errorType == "bad_data" || answer.status == 400
                ? .rejected(words) : .unanswered(kind: server.hidden(refusal.errorType), words)
        }
        do throws(FeedError) {
            return try server.decode(
                Envelope<Value>.self, try server.json(answer, from: path), from: path)
        } catch {
            throw .unavailable(error)
        }
    }

    private struct Envelope<Value: Decodable>: Decodable {
        var data: Value
        var warnings: [String]?
        var infos: [String]?
        /// How a cluster of VictoriaMetrics says that a storage node is away: it has no `warnings`.
        ///
        /// Source: <https://docs.victoriametrics.com/victoriametrics/cluster-victoriametrics/>,
        /// under "Cluster availability".
        var isPartial: Bool?

        var gaps: [String] {
            isPartial == true ? ["the engine calls its answer partial (isPartial)"] : []
        }
    }
}

extension Instant {
    /// Seconds with three digits behind the point: `1700000000.123`.
    fileprivate var inSeconds: String {
        let (seconds, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        let fraction = String(rest + 1000).dropFirst()
        return "\(milliseconds < 0 ? "-" : "")\(seconds).\(fraction)"
    }
}
