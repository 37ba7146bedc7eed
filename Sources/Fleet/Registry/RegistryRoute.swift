// RegistryRoute: which of Consul's endpoints a path names.

/// The part of Consul's HTTP API that the fleet's registry speaks.
enum RegistryRoute: Hashable, Sendable {
    case services
    case service(String)
    case nodes
    case datacenters
    case healthOfService(String)
    case checksInState(String)
    case checksOfService(String)
    case key(String)
    case transaction
    case createSession
    case renewSession(String)
    case destroySession(String)
    case session(String)
    case leader
    case peers
    case agent
    case register
    case deregister(String)
    case setCheck(CheckStatus, String)
    case updateCheck(String)
    case serviceMaintenance(String)
    case nodeMaintenance

    /// Nil where Consul (or this part of it) has no such path.
    init?(path: [String]) {
        if path == ["v1", "txn"] {
            self = .transaction
            return
        }
        guard path.first == "v1", path.count >= 3 else { return nil }
        switch (path[1], path[2], path.dropFirst(3).joined(separator: "/")) {
        case ("catalog", "services", "") where path.count == 3: self = .services
        case ("catalog", "service", let name) where path.count > 3: self = .service(name)
        case ("catalog", "nodes", "") where path.count == 3: self = .nodes
        case ("catalog", "datacenters", "") where path.count == 3: self = .datacenters
        case ("health", "service", let name) where path.count > 3: self = .healthOfService(name)
        case ("health", "state", let state) where path.count > 3: self = .checksInState(state)
        case ("health", "checks", let name) where path.count > 3: self = .checksOfService(name)
        case ("kv", _, _): self = .key(path[2...].joined(separator: "/"))
        case ("session", let verb, let id): self.init(session: verb, id)
        case ("status", "leader", "") where path.count == 3: self = .leader
        case ("status", "peers", "") where path.count == 3: self = .peers
        case ("agent", let noun, _): self.init(agent: noun, Array(path[3...]))
        default: return nil
        }
    }

    private init?(session verb: String, _ id: String) {
        switch verb {
        case "create" where id.isEmpty: self = .createSession
        case "renew": self = .renewSession(id)
        case "destroy": self = .destroySession(id)
        case "info": self = .session(id)
        default: return nil
        }
    }

    private init?(agent noun: String, _ rest: [String]) {
        let id = rest.dropFirst().joined(separator: "/")
        switch (noun, rest.first) {
        case ("self", nil): self = .agent
        case ("maintenance", nil): self = .nodeMaintenance
        case ("service", "register") where rest.count == 1: self = .register
        case ("service", "deregister"): self = .deregister(id)
        case ("service", "maintenance"): self = .serviceMaintenance(id)
        case ("check", "pass"): self = .setCheck(.passing, id)
        case ("check", "warn"): self = .setCheck(.warning, id)
        case ("check", "fail"): self = .setCheck(.critical, id)
        case ("check", "update"): self = .updateCheck(id)
        default: return nil
        }
    }

    var methods: [String] {
        switch self {
        case .services, .service, .nodes, .datacenters, .healthOfService, .checksInState,
            .checksOfService, .leader, .peers, .agent, .session:
            ["GET"]
        case .key: ["GET", "PUT", "DELETE"]
        case .register, .deregister, .setCheck, .updateCheck, .serviceMaintenance,
            .nodeMaintenance, .transaction, .createSession, .renewSession, .destroySession:
            ["PUT"]
        }
    }

    /// What a token must allow for it, and on what.
    var permission: (word: String, name: String) {
        switch self {
        case .key(let key): ("key:write", key)
        case .createSession, .renewSession, .destroySession: ("session:write", "node-1")
        case .agent: ("agent:read", "node-1")
        default: ("service:write", "node-1")
        }
    }

    /// Consul answers these whatever the token.
    var needsNoToken: Bool {
        switch self {
        case .leader, .peers, .datacenters: true
        default: false
        }
    }
}
