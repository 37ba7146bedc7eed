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
