import Network
import Testing

@testable import Fleet

struct RegistryTests {
    @Test func `a blocking query is answered by a change of what it asked for`() async throws {
        let registry = await orders()
        let index = try await index(registry, "/v1/health/service/order")
        async let answer = registry.answer(
            .init("GET", "/v1/health/service/order?index=\(index)&wait=600s"))
        await registry.anyoneWaits()
        await put(registry, "/v1/kv/config/order/production", "{}")
        await put(registry, "/v1/agent/check/fail/service:order-1?note=refused")
        let response = await answer
        let body = String(decoding: response.body, as: UTF8.self)
        #expect(body.contains(#""Status":"critical","Notes":"","Output":"refused""#))
        #expect(try #require(response.header("X-Consul-Index").flatMap { UInt64($0) }) > index)
    }

    @Test func `a blocking query ends with its wait, at the same index`() async throws {
        let registry = await orders()
        let index = try await index(registry, "/v1/catalog/services")
        let response = await registry.answer(
            .init("GET", "/v1/catalog/services?index=\(index)&wait=1ms"))
        #expect(response.header("X-Consul-Index") == String(index))
    }

    @Test func `a cancelled query answers at once`() async throws {
        let registry = await orders()
        let held = Task {
            await registry.answer(.init("GET", "/v1/catalog/services?index=9999&wait=600s"))
        }
        await registry.anyoneWaits()
        held.cancel()
        #expect(await held.value.status == 200)
    }

    @Test func `the same again moves no index`() async throws {
        let registry = await orders()
        await put(registry, "/v1/kv/a", "1")
        let before = await registry.state.index
        await put(registry, "/v1/kv/a", "1")
        await put(registry, "/v1/agent/check/pass/service:order-1?note=other+text")
        await register(registry)
        #expect(await registry.state.index == before)
    }

    @Test func `a deleted key raises the index of its list`() async throws {
        let registry = await orders()
        await put(registry, "/v1/kv/config/a", "1")
        await put(registry, "/v1/kv/config/b", "2")
        let before = try await index(registry, "/v1/kv/config/?recurse")
        _ = await registry.answer(.init("DELETE", "/v1/kv/config/b"))
        #expect(try await index(registry, "/v1/kv/config/?recurse") == before + 1)
        #expect(await text(registry, "/v1/kv/config/?keys") == #"["config/a"]"#)
        #expect(await registry.answer(.init("GET", "/v1/kv/config/b")).status == 404)
    }

    @Test(arguments: [
        ("PUT", "/v1/kv/a?cas=0", "false"), ("PUT", "/v1/kv/b?cas=0", "true"),
        ("DELETE", "/v1/kv/a?cas=1", "false"), ("GET", "/v1/kv/a?raw", "1"),
    ])
    func `keys are written on condition`(method: String, path: String, says: String) async {
        let registry = Registry()
        await put(registry, "/v1/kv/a", "1")
        let response = await registry.answer(.init(method, path, body: Array("2".utf8)))
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == says)
    }

    @Test(arguments: [
        ("GET", "/v1/nothing/here", 404, "Invalid URL path"),
        ("HEAD", "/v1/catalog/services", 405, "method HEAD not allowed"),
        ("GET", "/v1/catalog/services?ns=default", 400, "Enterprise feature"),
        ("GET", "/v1/catalog/services?dc=dc9", 500, "No path to datacenter"),
        ("GET", "/v1/catalog/services?index=abc", 400, "Invalid index"),
        ("GET", "/v1/catalog/services?index=1&wait=3", 400, "Invalid wait time"),
        ("GET", "/v1/health/state/", 400, "Missing check state"),
        ("GET", "/v1/health/state/bogus", 200, "[]"),
        ("GET", "/v1/health/service/nosuch", 200, "[]"),
        ("PUT", "/v1/agent/check/pass/nosuch", 404, "Unknown check ID"),
        ("PUT", "/v1/agent/service/deregister/nosuch", 404, "Unknown service ID"),
        ("PUT", "/v1/kv/a?cas=x", 500, "strconv.ParseUint"),
        ("GET", "/v1/status/leader", 200, "127.0.0.1:8300"),
    ])
    func `mistakes are answered in Consul's words`(
        method: String, path: String, status: Int, says: String
    ) async {
        let response = await Registry().answer(.init(method, path))
        #expect(response.status == status)
        #expect(String(decoding: response.body, as: UTF8.self).contains(says))
    }

    @Test func `an instance stands on the node of its zone`() async {
        let registry = await orders()
        #expect(await text(registry, "/v1/health/service/order").contains(#""Node":"node-2""#))
    }

    @Test func `a held check shows what we say, then again what its agent says`() async {
        let registry = await orders()
        await registry.hold("order-1", at: "critical", output: "connection refused")
        await put(registry, "/v1/agent/check/warn/service:order-1?note=slow")
        let held = await text(registry, "/v1/health/state/critical")
        #expect(held.contains("connection refused"))
        await registry.release("order-1")
        #expect(await text(registry, "/v1/health/state/critical") == "[]")
        #expect(await text(registry, "/v1/health/state/warning").contains("slow"))
    }

    @Test func `who is silent for longer than its check allows is critical`() async throws {
        let registry = Registry()
        await register(registry, ttl: "50ms")
        let index = try await index(registry, "/v1/health/state/passing")
        let path = "/v1/health/state/critical?index=\(index)&wait=600s"
        let response = await registry.answer(.init("GET", path))
        #expect(String(decoding: response.body, as: UTF8.self).contains("TTL expired"))
    }

    private func orders() async -> Registry {
        let registry = Registry()
        await register(registry)
        return registry
    }

    private func register(_ registry: Registry, ttl: String = "1h") async {
        await put(
            registry, "/v1/agent/service/register",
            """
            {"ID": "order-1", "Name": "order", "Port": 7001, "Meta": {"zone": "b"}, \
            "Check": {"TTL": "\(ttl)", "Status": "passing"}}
            """)
    }

    private func put(_ registry: Registry, _ path: String, _ body: String = "") async {
        let response = await registry.answer(.init("PUT", path, body: Array(body.utf8)))
        #expect(response.status == 200)
    }

    private func text(_ registry: Registry, _ path: String) async -> String {
        String(decoding: await registry.answer(.init("GET", path)).body, as: UTF8.self)
    }

    private func index(_ registry: Registry, _ path: String) async throws -> UInt64 {
        let header = await registry.answer(.init("GET", path)).header("X-Consul-Index")
        return try #require(header.flatMap { UInt64($0) })
    }
}

extension Registry {
    /// Returns once a query is held.
    fileprivate func anyoneWaits() async {
        await eventually { self.heldQueries > 0 }
    }
}
