// CoordinatorAPI: the coordinator's REST interface, under `/lra-coordinator`.
package import Network

extension Coordinator {
    package func answer(_ request: HTTPServer.Request) async -> HTTPServer.Response {
        var response = await route(request)
        let version = request.headers["narayana-lra-api-version"] ?? "1.2"
        response.headers.append(("Narayana-LRA-API-version", version))
        return response
    }

    private func route(_ request: HTTPServer.Request) async -> HTTPServer.Response {
        guard request.path.first == "lra-coordinator" else { return .init(404) }
        let path = request.path.dropFirst().filter { !$0.isEmpty }
        switch (request.method, path.first, path.dropFirst().first) {
        case ("GET", nil, _): return list(request.query("Status") ?? "")
        case ("POST", "start", nil): return start(request)
        case ("GET", "recovery", nil):
            await recoverOnce()
            return Self.list(sagas.recovering)
        case ("GET", "recovery", _): return Self.list([])
        case ("GET", let id?, let verb): return tell(Self.id(id), verb, request)
        case ("PUT", let id?, let verb): return await change(Self.id(id), verb, request)
        default: return .init(405)
        }
    }

    private func list(_ word: String) -> HTTPServer.Response {
        let status = LRAStatus(rawValue: word)
        guard word.isEmpty || status != nil else {
            return Self.text(400, "Status \(word) is not a valid LRAStatus value")
        }
        return Self.list(sagas.list(status))
    }

    private func start(_ request: HTTPServer.Request) -> HTTPServer.Response {
        guard let limit = Self.limit(request) else { return .init(404) }
        let parent = request.query("ParentLRA").flatMap { $0.isEmpty ? nil : $0 }
        if let parent, sagas[Self.id(parent)] == nil { return unknown(Self.id(parent), request) }
        let saga = start(
            at: Self.base(request), client: request.query("ClientID") ?? "", parent: parent,
            limit: limit)
        var response = Self.text(201, saga.url)
        response.headers.append(("Location", saga.url))
        return response
    }

    private func tell(
        _ id: String, _ verb: String?, _ request: HTTPServer.Request
    ) -> HTTPServer.Response {
        guard let saga = sagas[id] else { return unknown(id, request) }
        switch verb {
        case nil: return .json(saga.json, type: Self.json)
        case "status": return .text(200, saga.status.rawValue, type: Self.plain)
        default: return .init(404)
        }
    }

    private func change(
        _ id: String, _ verb: String?, _ request: HTTPServer.Request
    ) async -> HTTPServer.Response {
        guard let saga = sagas[id] else { return unknown(id, request) }
        switch verb {
        case nil: return join(saga, request)
        case "close": return await end(saga, .closing, request)
        case "cancel": return await end(saga, .cancelling, request)
        case "renew":
            guard saga.status == .active else { return .text(412, id, type: Self.plain) }
            renew(id, limit: Self.limit(request) ?? 0)
            return .text(200, id, type: Self.plain)
        case "remove":
            leave(id, recoveryID: Self.id(String(decoding: request.body, as: UTF8.self)))
            return .init(200)
        default: return .init(404)
        }
    }

    private func join(
        _ saga: LongRunningAction, _ request: HTTPServer.Request
    ) -> HTTPServer.Response {
        guard let recoveryID = join(saga.id, link: request.headers["link"] ?? "") else {
            return Self.text(
                503, "LRA025032: LRA Record: Cannot save state (reason: deactivate failed)")
        }
        let url = "\(Self.base(request))/recovery/\(saga.id)/\(recoveryID)"
        var response = Self.text(200, url)
        response.headers += [
            ("Location", url), ("Long-Running-Action-Recovery", url),
            ("Narayana-LRA-Participant-Data", ""),
        ]
        return response
    }

    /// The bare word, or in JSON where that is asked for.
    private func end(
        _ saga: LongRunningAction, _ ending: LRAStatus, _ request: HTTPServer.Request
    ) async -> HTTPServer.Response {
        guard let status = await end(saga.id, ending) else { return unknown(saga.id, request) }
        guard ending == .cancelling, request.headers["accept"] == "application/json" else {
            return Self.text(200, status.rawValue)
        }
        return .json(["status": .string(status.rawValue)], type: Self.json)
    }

    private func unknown(_ id: String, _ request: HTTPServer.Request) -> HTTPServer.Response {
        Self.text(404, "Cannot find transaction id: \(Self.base(request))/\(id)")
    }
}

// The wire's habits.
extension Coordinator {
    private static let json = "application/json;charset=UTF-8"
    private static let plain = "text/plain;charset=UTF-8"

    /// Narayana calls its plain texts JSON.
    private static func text(_ status: Int, _ text: String) -> HTTPServer.Response {
        .text(status, text, type: json)
    }

    private static func list(_ sagas: [LongRunningAction]) -> HTTPServer.Response {
        .json(.array(sagas.map(\.json)), type: json)
    }

    /// As the asker calls this server.
    private static func base(_ request: HTTPServer.Request) -> String {
        "http://\(request.headers["host"] ?? "127.0.0.1")/lra-coordinator"
    }

    /// The last segment of what may be a whole URL, without its query.
    private static func id(_ text: String) -> String {
        let url = text.prefix { $0 != "?" }
        return url.split(separator: "/").last.map(String.init) ?? ""
    }

    /// In milliseconds; 0 is none, nil no number.
    private static func limit(_ request: HTTPServer.Request) -> Int64? {
        request.query("TimeLimit").map { Int64($0) } ?? 0
    }
}
