// RegistryAPI: a request to Consul from its path to the headers of its answer.
package import Network

extension Registry {
    package func answer(_ request: HTTPServer.Request) async -> HTTPServer.Response {
        guard let route = RegistryRoute(path: request.path) else {
            return request.path.first == "v1"
                ? .text(404, "Invalid URL path: not a recognized HTTP API endpoint\n")
                : .text(404, "404 page not found\n")
        }
        guard route.methods.contains(request.method) else {
            return refused(method: request.method, route)
        }
        do {
            try check(request)
            return signed(try await answer(route, request))
        } catch {
            return answer(for: error)
        }
    }

    private func answer(
        _ route: RegistryRoute, _ request: HTTPServer.Request
    ) async throws(RegistryRefusal) -> HTTPServer.Response {
        let sees = try access(request, route)
        if let read = try RegistryRead(route, request) {
            return try await answer(read, route, request, sees: sees)
        }
        guard sees || route.needsNoToken else {
            if route == .transaction { return try deniedTransaction(request) }
            throw .denied(route.permission.word, on: route.permission.name)
        }
        return try write(route, request)
    }

    /// Whether the asker may see anything; Consul calls an asker without a token anonymous.
    private func access(
        _ request: HTTPServer.Request, _ route: RegistryRoute
    ) throws(RegistryRefusal) -> Bool {
        guard let token, !route.needsNoToken else { return true }
        let bearer = request.headers["authorization"].flatMap { line in
            line.hasPrefix("Bearer ") ? String(line.dropFirst(7)) : nil
        }
        let shown = request.query("token") ?? request.headers["x-consul-token"] ?? bearer
        guard let shown, !shown.isEmpty else { return false }
        guard shown == token else { throw .unknownToken }
        return true
    }

    /// What Consul refuses whatever is asked.
    private func check(_ request: HTTPServer.Request) throws(RegistryRefusal) {
        for (name, feature) in [("ns", "Namespaces are"), ("partition", "Partitions are")]
        where request.asks(name) {
            let text =
                "Invalid query parameter: \"\(name)\" - \(feature) a Consul Enterprise feature"
            throw RegistryRefusal(400, text)
        }
        if request.asks("stale"), request.asks("consistent") {
            throw RegistryRefusal(
                400, "Cannot specify ?stale with ?consistent, conflicting semantics.")
        }
        if let other = request.query("dc"), !other.isEmpty, other != state.datacenter {
            throw RegistryRefusal(500, "No path to datacenter", isOfServer: true)
        }
        if let filter = request.query("filter"), !filter.isEmpty {
            throw RegistryRefusal(
                500, "Failed to create boolean expression evaluator: this registry has no filters",
                isOfServer: true)
        }
    }

    private func answer(
        _ read: RegistryRead, _ route: RegistryRoute, _ request: HTTPServer.Request, sees: Bool
    ) async throws(RegistryRefusal) -> HTTPServer.Response {
        let isTree = request.asks("keys") || request.asks("recurse")
        if case .key(let key) = route, !sees, !isTree { throw .denied("key:read", on: key) }
        let block = try Blocking(request)
        if let block {
            await wait(for: read, above: block.index, atMost: block.wait(streams: read.streams))
        }
        var response = read.answer(sees ? state : RegistryState(nodes: []))
        if !sees, request.asks("keys") { response = .json([]) }
        response.headers += headers(read, request, isStream: read.streams && block != nil)
        return response
    }

    /// A streaming answer always claims that it knows no leader.
    private func headers(
        _ read: RegistryRead, _ request: HTTPServer.Request, isStream: Bool
    ) -> [(name: String, value: String)] {
        var consistency = "leader"
        if request.asks("stale") { consistency = "stale" }
        if request.asks("consistent") { consistency = "consistent" }
        let lines = [
            ("X-Consul-Index", String(max(1, read.index(state)))),
            ("X-Consul-Knownleader", isStream ? "false" : "true"),
            ("X-Consul-Lastcontact", "0"),
            ("X-Consul-Query-Backend", isStream ? "streaming" : "blocking-query"),
        ]
        return read.saysConsistency
            ? [("X-Consul-Effective-Consistency", consistency)] + lines : lines
    }

    private func signed(_ response: HTTPServer.Response) -> HTTPServer.Response {
        var response = response
        let policy = token == nil ? "allow" : "deny"
        response.headers += [
            ("Vary", "Accept-Encoding"), ("X-Consul-Default-Acl-Policy", policy),
        ]
        return response
    }

    private func answer(for refusal: RegistryRefusal) -> HTTPServer.Response {
        var response = signed(.text(refusal.status, refusal.text))
        if refusal.isOfServer {
            response.headers += [
                ("X-Consul-Index", "1"), ("X-Consul-Knownleader", "false"),
                ("X-Consul-Lastcontact", "0"), ("X-Consul-Query-Backend", "blocking-query"),
            ]
        }
        return response
    }

    private func refused(method: String, _ route: RegistryRoute) -> HTTPServer.Response {
        var response = signed(.text(405, "method \(method) not allowed"))
        response.headers.append(("Allow", (["OPTIONS"] + route.methods).joined(separator: ",")))
        return response
    }
}
