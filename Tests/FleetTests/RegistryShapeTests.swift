import Foundation
import Network
import Testing

@testable import Fleet

/// Our answers beside those of Consul 1.14 to the same questions about the same service.
struct RegistryShapeTests {
    @Test(arguments: [
        ("health_service_web", "/v1/health/service/web"),
        ("bl_timeout", "/v1/health/service/web?index=1&wait=5s"),
        ("catalog_service_web", "/v1/catalog/service/web"),
        ("catalog_nodes", "/v1/catalog/nodes"),
        ("health_checks_web", "/v1/health/checks/web"),
        ("state_critical", "/v1/health/state/critical"),
        ("kv_get", "/v1/kv/config/app/db_pool"),
        ("kv_recurse", "/v1/kv/config/?recurse"),
        ("kv_missing", "/v1/kv/config/none"),
    ])
    func `an answer has the shape that was recorded`(name: String, path: String) async throws {
        let registry = await webRegistry()
        let answer = await registry.answer(.init("GET", path))
        try Recorded("consul-1.14/\(name)").expectSameShape(as: answer)
    }

    @Test(arguments: [
        ("acl_anon_state_any", "/v1/health/state/any", [:]),
        ("acl_bad_services", "/v1/catalog/services", ["x-consul-token": "wrong"]),
        ("acl_anon_kv_secret", "/v1/kv/config/app/db_pool", [:]),
    ])
    func `who shows no token, or a wrong one, is answered as recorded`(
        name: String, path: String, headers: [String: String]
    ) async throws {
        let registry = await webRegistry(token: "right")
        let answer = await registry.answer(.init("GET", path, headers: headers))
        try Recorded("consul-1.14/\(name)").expectSameShape(as: answer)
    }

    @Test func `sessions and locks are answered as recorded`() async throws {
        let registry = await webRegistry()
        func expect(_ name: String, _ method: String, _ path: String, _ body: String = "")
            async throws
        {
            let answer = await registry.answer(.init(method, path, body: Array(body.utf8)))
            let recorded = try Recorded("consul-1.14/\(name)")
            try recorded.expectSameShape(as: answer)
            if recorded.status != 200 || recorded.body.count < 8 {
                #expect(
                    String(decoding: answer.body, as: UTF8.self).trimmed
                        == String(decoding: recorded.body, as: UTF8.self).trimmed, "\(name)")
            }
        }
        func open(_ delay: String = "15s") async throws -> String {
            let body = #"{"Name": "clawtop", "TTL": "10s", "LockDelay": "\#(delay)"}"#
            let answer = await registry.answer(
                .init("PUT", "/v1/session/create", body: Array(body.utf8)))
            let text = String(decoding: answer.body, as: UTF8.self)
            return String(
                try #require(text.split(separator: "\"").dropFirst(2).first { $0.count > 30 }))
        }
        let nobody = "00000000-0000-4000-8000-000000000001"
        let (one, other) = (try await open(), try await open())
        try await expect("session_create", "PUT", "/v1/session/create", #"{"Name": "clawtop"}"#)
        try await expect("session_bad_ttl", "PUT", "/v1/session/create", #"{"TTL": "5s"}"#)
        try await expect(
            "session_bad_behavior", "PUT", "/v1/session/create", #"{"Behavior": "shout"}"#)
        try await expect("session_info", "GET", "/v1/session/info/\(one)")
        try await expect("session_renew", "PUT", "/v1/session/renew/\(one)")
        try await expect("session_renew_unknown", "PUT", "/v1/session/renew/\(nobody)")
        try await expect("session_destroy_unknown", "PUT", "/v1/session/destroy/\(nobody)")
        try await expect("kv_acquire", "PUT", "/v1/kv/lock/ui?acquire=\(one)", "held by 1")
        try await expect("kv_acquire_other", "PUT", "/v1/kv/lock/ui?acquire=\(other)", "x")
        try await expect("kv_acquire_again", "PUT", "/v1/kv/lock/ui?acquire=\(one)", "again")
        try await expect("kv_locked", "GET", "/v1/kv/lock/ui")
        try await expect("kv_acquire_bad_session", "PUT", "/v1/kv/lock/ui?acquire=\(nobody)", "x")
        try await expect("kv_cas_and_acquire", "PUT", "/v1/kv/state/ack?cas=1&acquire=x", "x")
        try await expect("kv_release_other", "PUT", "/v1/kv/lock/ui?release=\(other)", "x")
        try await expect("session_destroy", "PUT", "/v1/session/destroy/\(one)")
        try await expect("kv_acquire_lock_delay", "PUT", "/v1/kv/lock/ui?acquire=\(other)", "x")
        try await expect("kv_acquire", "PUT", "/v1/kv/lock/2?acquire=\(other)", "x")
        try await expect("kv_release", "PUT", "/v1/kv/lock/2?release=\(other)", "released")
        try await expect("kv_after_release", "GET", "/v1/kv/lock/2")
    }

    @Test func `transactions are answered as recorded`() async throws {
        let registry = await webRegistry()
        func expect(_ name: String, _ body: String) async throws {
            let answer = await registry.answer(.init("PUT", "/v1/txn", body: Array(body.utf8)))
            let recorded = try Recorded("consul-1.14/\(name)")
            try recorded.expectSameShape(as: answer)
            guard recorded.status == 413 || recorded.status == 400 else { return }
            #expect(
                String(decoding: answer.body, as: UTF8.self).trimmed
                    == String(decoding: recorded.body, as: UTF8.self).trimmed)
        }
        try await expect(
            "txn_ok",
            """
            [{"KV": {"Verb": "set", "Key": "t/a", "Value": "MQ=="}}, \
            {"KV": {"Verb": "get-or-empty", "Key": "t/none"}}, \
            {"KV": {"Verb": "get-tree", "Key": "t/"}}, \
            {"KV": {"Verb": "check-not-exists", "Key": "t/zzz"}}]
            """)
        try await expect(
            "txn_conflict",
            """
            [{"KV": {"Verb": "cas", "Key": "t/a", "Value": "Mg==", "Index": 1}}, \
            {"KV": {"Verb": "get", "Key": "t/missing"}}]
            """)
        try await expect(
            "txn_read_only",
            """
            [{"KV": {"Verb": "get", "Key": "t/a"}}, \
            {"KV": {"Verb": "get", "Key": "config/app/db_pool"}}]
            """)
        try await expect(
            "txn_check_index", #"[{"KV": {"Verb": "check-index", "Key": "t/a", "Index": 1}}]"#)
        try await expect("txn_bad_verb", #"[{"KV": {"Verb": "steal", "Key": "t/a"}}]"#)
        try await expect("txn_bad_json", "[{")
        let step = #"{"KV": {"Verb": "get-tree", "Key": "none"}}"#
        let many = [String](repeating: step, count: 129).joined(separator: ",")
        try await expect("txn_129_ops", "[\(many)]")
    }

    @Test func `who may write nothing is told so in transactions and of sessions`() async throws {
        let registry = await webRegistry(token: "right")
        let write = #"[{"KV": {"Verb": "set", "Key": "config/a", "Value": "eA=="}}]"#
        let transaction = await registry.answer(.init("PUT", "/v1/txn", body: Array(write.utf8)))
        try Recorded("consul-1.14/acl_denied_txn").expectSameShape(as: transaction)
        let session = await registry.answer(.init("PUT", "/v1/session/create"))
        try Recorded("consul-1.14/acl_denied_session").expectSameShape(as: session)
        let put = await registry.answer(.init("PUT", "/v1/kv/config/a", body: [0x78]))
        try Recorded("consul-1.14/acl_denied_kv_put").expectSameShape(as: put)
    }

    private func webRegistry(token: String? = nil) async -> Registry {
        let registry = Registry(token: token)
        let headers = token.map { ["x-consul-token": $0] } ?? [:]
        let body = """
            {"ID": "web-1", "Name": "web", "Tags": ["v1", "prod"], "Address": "127.0.0.1", \
            "Port": 8081, "Meta": {"version": "1.4.2", "commit": "9f3c2e1"}, \
            "Weights": {"Passing": 10, "Warning": 1}, "Check": {"CheckID": "web-1:ttl", \
            "Name": "web 1 heartbeat", "TTL": "600s", "Notes": "reported by the deploy agent"}}
            """
        let calls = [
            ("/v1/agent/service/register", body), ("/v1/kv/config/app/db_pool", "20"),
            ("/v1/agent/service/maintenance/web-1?enable=true&reason=deploy", ""),
        ]
        for (path, body) in calls {
            let request = HTTPServer.Request("PUT", path, headers: headers, body: Array(body.utf8))
            #expect(await registry.answer(request).status == 200)
        }
        return registry
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
