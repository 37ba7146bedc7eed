// AlertmanagerAPI: questions and orders to an Alertmanager, by version 2 of its HTTP API.
package import Events
import FoundationEssentials
package import Network

/// Alertmanager since 0.16, and Mimir's (its address with the prefix `/alertmanager`, and a tenant).
///
/// Source: <https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml>
package struct AlertmanagerAPI: Sendable {
    private let server: Server

    package init(
        settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver
    ) {
        server = Server(
            settings, client: client, resolver: resolver, headers: settings.engineHeaders)
    }

    /// The alerts that fire, whether somebody is called for them or not.
    package func alerts() async throws(FeedError) -> [EngineAlert] {
        try await get("/api/v2/alerts", as: [AlertmanagerAlert].self).map {
            $0.engineAlert.hiding(server.secrets)
        }
    }

    /// The addresses of the members of its cluster, itself too; none where it stands alone.
    package func peers() async throws(FeedError) -> [String] {
        struct Status: Decodable { var cluster: Cluster }
        struct Cluster: Decodable { var peers: [Peer]? }
        struct Peer: Decodable { var address: String }
        let status = try await get("/api/v2/status", as: Status.self)
        return (status.cluster.peers ?? []).map(\.address).sorted()
    }

    func get<Value: Decodable>(
        _ path: String, as type: Value.Type
    ) async throws(FeedError) -> Value {
        let answer = try await server.ask(path)
        if answer.status == 404 { throw refusal(answer, path, "is it an Alertmanager since 0.16?") }
        try check(answer, path)
        return try decode(type, answer, path)
    }

    /// Sends `body` and returns the answer, which is a success.
    func send(
        _ method: String, _ path: String, _ body: (any Encodable)? = nil
    ) async throws(FeedError) -> HTTPAnswer {
        // Texts, numbers and Booleans can always be encoded.
        let bytes = body.flatMap { try? JSONEncoder().encode($0) }.map(Array.init) ?? []
        let headers = body == nil ? [] : [(name: "Content-Type", value: "application/json")]
        let answer = try await server.ask(path, method: method, body: bytes, headers: headers)
        try check(answer, path)
        return answer
    }

    func decode<Value: Decodable>(
        _ type: Value.Type, _ answer: HTTPAnswer, _ path: String
    ) throws(FeedError) -> Value {
        try server.decode(type, try server.json(answer, from: path), from: path)
    }

    private func check(_ answer: HTTPAnswer, _ path: String) throws(FeedError) {
        guard answer.status != 200 else { return }
        guard let words = JSONValue(answer.body)?.refusal else {
            return try server.check(answer, from: path)
        }
        throw refusal(answer, path, String(server.hidden(words).prefix(200)))
    }

    private func refusal(_ answer: HTTPAnswer, _ path: String, _ words: String) -> FeedError {
        .refused(
            address: server.address, path: path, status: answer.status, words: words,
            retryAfter: answer.retryAfter)
    }
}

extension JSONValue {
    /// What an Alertmanager says no with: a text alone, or an object with a message.
    fileprivate var refusal: String? {
        switch self {
        case .string(let words): words
        case .object(let members):
            members.lazy.compactMap { member in
                guard case .string(let words) = member.value else { return nil }
                return ["message", "error"].contains(member.name) ? words : nil
            }.first
        case .array, .literal, .null: nil
        }
    }
}
