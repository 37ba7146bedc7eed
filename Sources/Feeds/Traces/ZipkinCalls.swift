// ZipkinCalls: who calls whom, as Zipkin counts it.
import Events
import Network

/// One edge of Zipkin's dependencies; `errorCount` is absent where there were none.
private struct ZipkinCall: Decodable {
    var parent: String?
    var child: String?
    var callCount: Int?
    var errorCount: Int?

    var call: ServiceCall {
        ServiceCall(
            caller: parent ?? "", callee: child ?? "", calls: callCount ?? 0,
            errors: errorCount ?? 0)
    }
}

extension ZipkinSearch {
    /// The spans must not wait long for what is only an extra.
    private var patience: Duration { min(server.deadline, .seconds(3)) }

    /// The dependency graph of the `window` before `now`.
    ///
    /// Stores but the one in memory compute it once a day: none is no sign that nobody calls.
    func calls(at now: Instant, over window: Duration) async throws(FeedError) -> [ServiceCall] {
        let path =
            "/api/v2/dependencies?endTs=\(now.milliseconds)&lookback=\(max(1, window.milliseconds))"
        let answer = try await server.ask(path, deadline: patience)
        let body = try server.json(answer, from: path)
        let calls = try server.decode([ZipkinCall].self, body, from: path).map(\.call)
        return calls.sorted { ($0.caller, $0.callee) < ($1.caller, $1.callee) }
    }

    /// Whether the server lets its traces be searched; nil where it does not say.
    ///
    /// With SEARCH_ENABLED=false every search answers 200 and nothing, as if there were nothing.
    func isSearchable() async -> Bool? {
        struct Configuration: Decodable {
            var searchEnabled: Bool?
        }
        for path in ["/zipkin/config.json", "/config.json"] {
            guard let answer = try? await server.ask(path, deadline: patience),
                answer.status == 200,
                let body = try? server.json(answer, from: path),
                let said = try? server.decode(Configuration.self, body, from: path)
            else { continue }
            return said.searchEnabled
        }
        return nil
    }
}
