// RegistryWrites: what services say to their agent, keys that are written, and short answers.
import Network

extension Registry {
    func write(
        _ route: RegistryRoute, _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        switch route {
        case .datacenters: return .json(.strings([state.datacenter]))
        case .leader: return .json("127.0.0.1:8300")
        case .peers: return .json(["127.0.0.1:8300"])
        case .agent: return .json(agent)
        case .key(let key): return try write(key, request)
        case .transaction: return try transact(request)
        case .createSession: return try createSession(request)
        case .renewSession(let id): return try renewSession(id)
        case .destroySession(let id):
            endSession(id)
            return .json(true)
        case .register: return try register(request)
        case .deregister(let id): return try deregister(id)
        case .setCheck(let status, let id):
            return try update(id, to: status, output: request.query("note") ?? "")
        case .updateCheck(let id): return try update(id, request)
        case .serviceMaintenance(let id):
            let reason = try maintenance(request)
            let service = try service(id)
            _ = write { $0.setMaintenance(reason, of: service) }
            return .init(200)
        case .nodeMaintenance:
            let reason = try maintenance(request)
            _ = write { $0.setMaintenance(reason, ofNode: "node-1") }
            return .init(200)
        case .services, .service, .nodes, .healthOfService, .checksInState, .checksOfService,
            .session:
            return .init(404)
        }
    }

    private func register(
        _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        let registration = try Registration(request.body)
        guard let node = state.catalog.node(inZone: registration.meta?["zone"]) else {
            throw RegistryRefusal(500, "No cluster leader")
        }
        let service = registration.service(on: node.name)
        let checks = try registration.checks(of: service)
        _ = write { $0.register(service, checks: checks.map(\.check)) }
        for (check, ttl) in checks {
            if let ttl { expect(check.key, within: ttl) }
        }
        return .init(200)
    }

    private func deregister(_ id: String) throws(RegistryRefusal) -> HTTPServer.Response {
        let service = try service(id)
        let checks = Set(state.catalog.checks(of: service).map(\.key))
        _ = write { $0.deregister(service.key) }
        forget(checks)
        return .init(200)
    }

    private func service(_ id: String) throws(RegistryRefusal) -> CatalogService {
        guard let service = state.catalog.service(withID: id) else {
            throw RegistryRefusal(
                404,
                """
                Unknown service ID "\(id)". Ensure that the service ID is passed, \
                not the service name.
                """)
        }
        return service
    }

    private func update(
        _ id: String, to status: CheckStatus, output: String
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        guard let check = state.catalog.check(withID: id) else {
            throw RegistryRefusal(
                404,
                """
                Unknown check ID "\(id)". Ensure that the check ID is passed, not the check name.
                """)
        }
        heard(check.key)
        _ = write { $0.update(check.key, to: status, output: output) }
        return .init(200)
    }

    private func update(
        _ id: String, _ request: HTTPServer.Request
    ) throws(RegistryRefusal) -> HTTPServer.Response {
        let update = try CheckUpdate(request.body)
        return try self.update(id, to: update.status, output: update.output)
    }

    /// The reason, where it is to be on.
    private func maintenance(_ request: HTTPServer.Request) throws(RegistryRefusal) -> String? {
        switch request.query("enable") {
        case "true": request.query("reason") ?? "Maintenance mode is enabled, without a reason."
        case "false": nil
        case .some(let word):
            throw RegistryRefusal(400, "Invalid value for enable: \"\(word)\"")
        case nil: throw RegistryRefusal(400, "Missing value for enable")
        }
    }

    private var agent: JSON {
        let node = state.catalog.sortedNodes.first
        return [
            "Config": [
                "Datacenter": .string(state.datacenter),
                "PrimaryDatacenter": .string(state.datacenter),
                "NodeName": .string(node?.name ?? ""), "NodeID": .string(node?.id ?? ""),
                "Revision": "", "Server": true, "Version": "1.14.11",
                "BuildDate": "1970-01-01T00:00:01Z",
            ],
            "DebugConfig": [:],
            "Member": [
                "Name": .string(node?.name ?? ""), "Addr": "127.0.0.1", "Port": 8301,
                "Tags": ["build": "1.14.11:", "dc": .string(state.datacenter), "role": "consul"],
                "Status": 1,
            ],
            "Stats": [:], "Meta": .sorted(node?.meta ?? [:]),
        ]
    }
}
