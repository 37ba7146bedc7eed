// GossipingServer: a Consul that repeats its callers' secrets in its checks, and refuses all others with them.
import TestKit

/// Plays all kinds of server on one address; its secrets have ``word`` in them.
enum GossipingServer {
    static let word = "planted"

    /// `heard` hears the first line of each request.
    static func start(telling heard: Heard<String>? = nil) throws -> LoopbackServer {
        try LoopbackServer { request in
            heard?.hear(request.line)
            let path = request.line.split(separator: " ").dropFirst().first ?? ""
            // Nothing changes while anybody waits for a change.
            guard !path.contains("index=") else { return [.hang] }
            // One line that JSON can have: the head without its first line.
            let gossip = request.text.split(whereSeparator: \.isNewline).dropFirst()
                .joined(separator: " ").replacing("\"", with: "'")
            if path == "/metrics" { return answer("200 OK", metrics(gossip), type: "text/plain") }
            guard let body = body(path.prefix { $0 != "?" }, gossip) else {
                return answer("403 Forbidden", gossip)
            }
            return answer("200 OK", body)
        }
    }

    private static func answer(
        _ status: String, _ body: String, type: String = "application/json"
    ) -> [LoopbackServer.Step] {
        let head =
            "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nX-Consul-Index: 10\r\n"
            + "X-Consul-KnownLeader: true\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return [.send(head + body)]
    }

    private static func body(_ path: Substring, _ gossip: String) -> String? {
        let check = """
            {"Node":"n1","CheckID":"web-1:ttl","Name":"ttl","Status":"critical",\
            "Output":"refused: \(gossip)","ServiceID":"web-1",\
            "ServiceName":"web","ServiceTags":null,"ModifyIndex":10}
            """
        switch path {
        case "/v1/catalog/services": return #"{"web":[]}"#
        case "/v1/health/service/web":
            return """
                [{"Node":{"Node":"n1","Address":"10.0.0.1","Meta":{}},"Service":{"ID":"web-1",\
                "Service":"web","Kind":"","Address":"","Port":80,"Meta":{"config_version":"v7"}},\
                "Checks":[\(check)]}]
                """
        case "/v1/health/state/critical", "/v1/health/state/any": return "[\(check)]"
        case _ where path.hasPrefix("/v1/health/state/"): return "[]"
        case _ where path.hasPrefix("/v1/kv/config"): return keys
        case "/api/v2/alerts":
            return """
                [{"fingerprint":"00000000000000e1","labels":{"alertname":"Far","said":"\(gossip)"},\
                "annotations":{"summary":"it said \(gossip)"},"startsAt":"2026-01-01T00:00:00Z",\
                "endsAt":"2026-01-01T00:05:00Z","updatedAt":"2026-01-01T00:00:00Z",\
                "generatorURL":"","receivers":[],\
                "status":{"state":"active","silencedBy":[],"inhibitedBy":[]}}]
                """
        case "/api/v2/silences": return "[]"
        case "/api/v2/status": return #"{"cluster":{"status":"disabled"}}"#
        default: return nil
        }
    }

    private static func metrics(_ gossip: String) -> String {
        "up_says{said=\"\(gossip)\"} 1\n"
    }

    /// A value with secrets under many names, and one that is a secret as a whole.
    private static var keys: String {
        let values = [
            "config/web/production": """
            {"version":"v7","currency":"EUR","api_key":"1-planted","db":{"password":"2-planted"},
             "dsn":"postgres://me:3-planted@db/x","token":"4-planted","credentials":["5-planted"]}
            """,
            "config/web/secret": "6-planted",
        ]
        let entries = values.sorted { $0.key < $1.key }.map { key, value in
            """
            {"LockIndex":0,"Key":"\(key)","Flags":0,"Value":"\(base64(value))",\
            "CreateIndex":5,"ModifyIndex":10}
            """
        }
        return "[\(entries.joined(separator: ","))]"
    }
}
