// TraceStore: the fleet's traces, behind Zipkin's v2 API.
package import Network

/// A Zipkin with its storage in memory; its answers are those of 3.6.
package actor TraceStore {
    private var traces: TraceTable
    private let now: @Sendable () -> Int64

    /// `now` tells the microseconds since 1970.
    package init(now: @escaping @Sendable () -> Int64 = microseconds) {
        traces = TraceTable()
        self.now = now
    }

    package func answer(_ request: HTTPServer.Request) -> HTTPServer.Response {
        do {
            return try route(request)
        } catch {
            return .text(error.status, error.text, type: "text/*")
        }
    }

    private func route(
        _ request: HTTPServer.Request
    ) throws(ZipkinRefusal) -> HTTPServer.Response {
        switch (request.method, request.path.joined(separator: "/")) {
        case ("POST", "api/v2/spans"):
            traces.add(try ZipkinSpan.list(request.body), now: now())
            return .init(202)
        case ("GET", "api/v2/services"): return names(traces.services)
        case ("GET", "api/v2/spans"): return names(traces.spanNames(of: try service(request)))
        case ("GET", "api/v2/remoteServices"):
            return names(traces.remoteServices(of: try service(request)))
        case ("GET", "api/v2/traces"):
            let query = try TraceQuery(request, now: now() / 1000)
            return .json(.array(traces.find(query).map(\.json)))
        case ("GET", "api/v2/traceMany"): return try many(request)
        case ("GET", "api/v2/dependencies"):
            return .json(traces.dependencies(try TraceQuery(dependencies: request)))
        case ("GET", "api/v2/autocompleteKeys"): return .json([])
        case ("GET", let path) where path.hasPrefix("api/v2/trace/") && request.path.count == 4:
            return try trace(request.path[3])
        case ("GET", let path): return file(path)
        default: return .text(404, "404 Not Found")
        }
    }

    private func service(_ request: HTTPServer.Request) throws(ZipkinRefusal) -> String {
        guard let service = request.query("serviceName") else {
            throw ZipkinRefusal(
                text: "Mandatory parameter/header/attribute is missing: serviceName")
        }
        return service
    }

    /// Zipkin lets names be cached once there are more than three services.
    private func names(_ names: [String]) -> HTTPServer.Response {
        var response = HTTPServer.Response.json(.strings(names))
        if traces.services.count > 3 {
            response.headers.append(("cache-control", "max-age=300, must-revalidate"))
        }
        return response
    }

    private func trace(_ text: String) throws(ZipkinRefusal) -> HTTPServer.Response {
        guard !text.isEmpty else { return .text(404, "404 Not Found") }
        guard let trace = traces[try TraceID(text)] else {
            throw ZipkinRefusal(status: 404, text: "\(text) not found")
        }
        return .json(trace.json)
    }

    private func many(_ request: HTTPServer.Request) throws(ZipkinRefusal) -> HTTPServer.Response {
        let texts = request.query("traceIds")?.split(separator: ",").map(String.init) ?? []
        guard Set(texts).count > 1 else {
            throw ZipkinRefusal(
                text: "Use /api/v2/trace/{traceId} endpoint to retrieve a single trace")
        }
        var found: [JSON] = []
        for text in texts {
            if let trace = traces[try TraceID(text)] { found.append(trace.json) }
        }
        return .json(.array(found))
    }

    private func file(_ path: String) -> HTTPServer.Response {
        switch path {
        case "health":
            let storage: JSON = ["InMemoryStorage{}": ["status": "UP"]]
            return .json(
                ["status": "UP", "zipkin": ["status": "UP", "details": storage]],
                type: "application/json; charset=utf-8")
        case "info": return .json(["zipkin": ["version": "3.6.1", "commit": "b2b0c98"]])
        case "zipkin/config.json":
            return .json(Self.configuration, type: "application/json; charset=utf-8")
        default: return .text(404, "404 Not Found")
        }
    }

    private static let configuration: JSON = [
        "environment": "", "queryLimit": 10, "defaultLookback": 900_000, "searchEnabled": true,
        "logsUrl": nil, "supportUrl": nil, "archivePostUrl": nil, "archiveUrl": nil,
        "dependency": [
            "enabled": true, "lowErrorRate": .verbatim(Array("0.5".utf8)),
            "highErrorRate": .verbatim(Array("0.75".utf8)),
        ],
    ]
}
