// ControlAPI: the server through which scripts break the fleet and mend it.
import Network

/// `POST`, `DELETE` and `GET` on `/incident`, also as `/control/incident`.
struct ControlAPI: Sendable {
    let chaos: Chaos

    func answer(_ request: HTTPServer.Request) async -> HTTPServer.Response {
        guard [["incident"], ["control", "incident"]].contains(request.path) else {
            return .text(404, "nothing is here; ask for /incident\n")
        }
        switch request.method {
        case "GET": return await told()
        case "DELETE":
            await chaos.inject(nil)
            return await told()
        case "POST":
            let name = request.query("name") ?? ""
            guard let incident = Incident(rawValue: name) else { return Self.unknown(name) }
            await chaos.inject(incident)
            return await told()
        default:
            var response = HTTPServer.Response.text(405, "method \(request.method) not allowed\n")
            response.headers.append(("Allow", "GET,POST,DELETE"))
            return response
        }
    }

    private func told() async -> HTTPServer.Response {
        let incident = await chaos.incident.map { JSON.string($0.rawValue) }
        return .json(
            ["incident": incident ?? .null, "known": .strings(Incident.allCases.map(\.rawValue))])
    }

    private static func unknown(_ name: String) -> HTTPServer.Response {
        let known = Incident.allCases.map(\.rawValue).joined(separator: ", ")
        return .text(400, "no incident is called \"\(name)\"; known are \(known)\n")
    }
}
