// Catalog: who is registered and how they are, with the indexes by which Consul tells a change.

/// Nodes, services and checks; every write that changes something is given an index.
struct Catalog: Sendable {
    private(set) var nodes: [String: CatalogNode] = [:]
    private(set) var services: [CatalogService.Key: CatalogService] = [:]
    private(set) var checks: [CatalogCheck.Key: CatalogCheck] = [:]

    /// When each table was last written.
    private(set) var nodesIndex: UInt64 = 1
    private(set) var servicesIndex: UInt64 = 1
    private(set) var checksIndex: UInt64 = 1
    /// When a service, its checks or its nodes' checks last changed.
    private(set) var serviceIndex: [String: UInt64] = [:]
    /// When a service last lost its last instance.
    private(set) var extinctionIndex: UInt64 = 0
    /// When the set of checks with a status last changed.
    private(set) var statusIndex: [CheckStatus: UInt64] = [:]

    mutating func add(_ node: CatalogNode, at index: UInt64) {
        var node = node
        node.created = nodes[node.name]?.created ?? index
        node.modified = index
        nodes[node.name] = node
        nodesIndex = index
    }

    /// False where exactly this is registered already.
    mutating func register(_ service: CatalogService, at index: UInt64) -> Bool {
        let old = services[service.key]
        if let old, old.says(service) { return false }
        var service = service
        service.created = old?.created ?? index
        service.modified = index
        services[service.key] = service
        servicesIndex = index
        serviceIndex[service.name] = index
        if let old, old.name != service.name { left(old, at: index) }
        return true
    }

    /// Removes the instance and its checks; false where there is none.
    mutating func deregister(_ key: CatalogService.Key, at index: UInt64) -> Bool {
        guard let service = services.removeValue(forKey: key) else { return false }
        for check in checks(of: service) { _ = remove(check.key, at: index) }
        servicesIndex = index
        left(service, at: index)
        return true
    }

    /// Writes a check; false where exactly this is written already.
    mutating func set(_ check: CatalogCheck, at index: UInt64) -> Bool {
        let old = checks[check.key]
        if let old, old.status == check.status, old.output == check.output,
            old.notes == check.notes, old.serviceTags == check.serviceTags
        {
            return false
        }
        var check = check
        check.created = old?.created ?? index
        check.modified = index
        checks[check.key] = check
        touched(check, at: index)
        if let old { statusIndex[old.status] = index }
        return true
    }

    /// False where there is no such check.
    mutating func remove(_ key: CatalogCheck.Key, at index: UInt64) -> Bool {
        guard let check = checks.removeValue(forKey: key) else { return false }
        touched(check, at: index)
        return true
    }

    private mutating func touched(_ check: CatalogCheck, at index: UInt64) {
        checksIndex = index
        statusIndex[check.status] = index
        if !check.serviceID.isEmpty {
            if serviceIndex[check.serviceName] != nil { serviceIndex[check.serviceName] = index }
            return
        }
        for service in services.values where service.node == check.node {
            serviceIndex[service.name] = index
        }
    }

    private mutating func left(_ service: CatalogService, at index: UInt64) {
        let remains = services.values.contains { $0.name == service.name }
        serviceIndex[service.name] = remains ? index : nil
        if !remains { extinctionIndex = index }
    }
}

// What is asked of it.
extension Catalog {
    /// Sorted by node and id, as Consul lists them.
    func instances(of name: String) -> [CatalogService] {
        services.values.filter { $0.name == name }.sorted { ($0.node, $0.id) < ($1.node, $1.id) }
    }

    /// The checks of the instance, without those of its node.
    func checks(of service: CatalogService) -> [CatalogCheck] {
        sorted { $0.node == service.node && $0.serviceID == service.id }
    }

    func checks(ofNode node: String) -> [CatalogCheck] {
        sorted { $0.node == node && $0.serviceID.isEmpty }
    }

    func sorted(where isWanted: (CatalogCheck) -> Bool) -> [CatalogCheck] {
        checks.values.filter(isWanted).sorted { ($0.node, $0.id) < ($1.node, $1.id) }
    }

    var sortedNodes: [CatalogNode] { nodes.values.sorted { $0.name < $1.name } }

    /// The node that an agent stands on: the one in the zone, else the first.
    func node(inZone zone: String?) -> CatalogNode? {
        sortedNodes.first { $0.meta["zone"] == zone && zone != nil } ?? sortedNodes.first
    }

    /// An agent knows ids only; the fleet gives each to one node.
    func service(withID id: String) -> CatalogService? {
        services.values.first { $0.id == id }
    }

    func check(withID id: String) -> CatalogCheck? {
        checks.values.first { $0.id == id && !$0.serviceID.isEmpty }
            ?? checks.values.first { $0.id == id }
    }
}
