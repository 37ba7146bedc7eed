// RegistryRead: one of Consul's queries, as functions of what the registry knows.
import Network

/// A query that can be asked again when what it reads changes.
struct RegistryRead: Sendable {
    /// What X-Consul-Index says.
    var index: @Sendable (RegistryState) -> UInt64
    /// When the answer last changed: a blocking query with an index below it is answered.
    var changed: @Sendable (RegistryState) -> UInt64
    var answer: @Sendable (RegistryState) -> HTTPServer.Response
    /// Says how consistent it is; the key-value store does not.
    var saysConsistency = true
    /// Answered by Consul's streaming backend when it blocks, which claims to know no leader.
    var streams = false
}

extension RegistryRead {
    /// Nil where the route is no query that can block.
    init?(_ route: RegistryRoute, _ request: HTTPServer.Request) throws(RegistryRefusal) {
        switch route {
        case .services: self = .services
        case .nodes: self = .nodes
        case .service(let name): self = .service(try Self.named(name))
        case .healthOfService(let name): self = .health(of: try Self.named(name), request)
        case .checksOfService(let name): self = .checks(of: try Self.named(name))
        case .checksInState(let state): self = try .checks(in: state)
        case .session(let id): self = .session(id)
        case .key(let key) where request.method == "GET": self = try .key(key, request)
        default: return nil
        }
    }

    private static func named(_ name: String) throws(RegistryRefusal) -> String {
        guard !name.isEmpty else { throw RegistryRefusal(400, "Missing service name") }
        return name
    }

    private static let services = Self(
        index: \.catalog.servicesIndex, changed: \.catalog.servicesIndex,
        answer: { state in
            let all = Dictionary(grouping: state.catalog.services.values, by: \.name)
            let members = all.sorted { $0.key < $1.key }.map { name, instances in
                JSON.Member(name: name, value: .strings(Set(instances.flatMap(\.tags)).sorted()))
            }
            return .json(.object(members))
        })

    private static let nodes = Self(
        index: \.catalog.nodesIndex, changed: \.catalog.nodesIndex,
        answer: { state in
            let nodes = state.catalog.sortedNodes.map { $0.json(datacenter: state.datacenter) }
            return .json(.array(nodes))
        })

    private static func service(_ name: String) -> Self {
        about(name) { state in
            let rows = state.catalog.instances(of: name).compactMap { instance in
                state.catalog.nodes[instance.node].map {
                    instance.flatJSON(on: $0, datacenter: state.datacenter)
                }
            }
            return .json(.array(rows))
        }
    }

    private static func health(of name: String, _ request: HTTPServer.Request) -> Self {
        let onlyPassing = request.asks("passing")
        let tags = request.query.filter { $0.name == "tag" }.map(\.value)
        var read = about(name) { state in
            let rows = state.catalog.instances(of: name)
                .filter { tags.allSatisfy($0.tags.contains) }
                .compactMap { row($0, state, onlyPassing: onlyPassing) }
            return .json(.array(rows))
        }
        read.streams = !request.asks("near")
        return read
    }

    /// Nil where only passing instances are wanted, and a check of it or its node is not.
    private static func row(
        _ instance: CatalogService, _ state: RegistryState, onlyPassing: Bool
    ) -> JSON? {
        let checks =
            state.catalog.checks(ofNode: instance.node) + state.catalog.checks(of: instance)
        guard let node = state.catalog.nodes[instance.node],
            !onlyPassing || checks.allSatisfy({ $0.status == .passing })
        else { return nil }
        return [
            "Node": node.json(datacenter: state.datacenter), "Service": instance.json,
            "Checks": .array(checks.map(\.json)),
        ]
    }

    private static func checks(of name: String) -> Self {
        var read = about(name) { state in
            let checks = state.catalog.sorted { !$0.serviceID.isEmpty && $0.serviceName == name }
            return .json(.array(checks.map(\.json)))
        }
        read.index = \.catalog.checksIndex
        return read
    }

    /// Any other word than Consul's states finds nothing, and no error either.
    private static func checks(in word: String) throws(RegistryRefusal) -> Self {
        guard !word.isEmpty else { throw RegistryRefusal(400, "Missing check state") }
        let status = CheckStatus(rawValue: word)
        return Self(
            index: \.catalog.checksIndex,
            changed: { state in
                guard let status else { return word == "any" ? state.catalog.checksIndex : 0 }
                return state.catalog.statusIndex[status] ?? 0
            },
            answer: { state in
                let checks = state.catalog.sorted { word == "any" || $0.status == status }
                return .json(.array(checks.map(\.json)))
            })
    }

    /// A service that is not there has the index of the last one that went.
    private static func about(
        _ name: String, answer: @escaping @Sendable (RegistryState) -> HTTPServer.Response
    ) -> Self {
        Self(
            index: { state in
                let catalog = state.catalog
                return catalog.serviceIndex[name]
                    ?? max(catalog.nodesIndex, catalog.servicesIndex, catalog.checksIndex)
            },
            changed: { $0.catalog.serviceIndex[name] ?? $0.catalog.extinctionIndex },
            answer: answer)
    }
}
