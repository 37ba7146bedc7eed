// RegistryState: everything that the registry knows, and what its agents do to it; no clock, no IO.

/// The catalog, the keys, and the raft index that counts their changes.
struct RegistryState: Sendable {
    let datacenter = "dc1"
    private(set) var catalog = Catalog()
    private(set) var keys = KVStore()
    private(set) var sessions: [String: KVSession] = [:]
    private(set) var index: UInt64 = 10
    /// What the agent says of a check whose status somebody else holds.
    private var held: [CatalogCheck.Key: CatalogCheck] = [:]

    /// Three machines, one in each zone, and Consul itself on the first.
    init(nodes: [(name: String, zone: String)]) {
        for (place, node) in nodes.enumerated() {
            index += 1
            let id = "0000000\(place + 1)-1111-4111-8111-00000000000\(place + 1)"
            let meta = ["consul-network-segment": "", "zone": node.zone]
            catalog.add(CatalogNode(id: id, name: node.name, meta: meta), at: index)
            let alive = CatalogCheck(
                node: node.name, id: "serfHealth", name: "Serf Health Status", status: .passing,
                output: "Agent alive and reachable")
            _ = catalog.set(alive, at: index)
        }
        guard let first = nodes.first else { return }
        let consul = CatalogService(node: first.name, id: "consul", name: "consul", port: 8300)
        _ = catalog.register(consul, at: index)
    }

    mutating func register(_ service: CatalogService, checks: [CatalogCheck]) -> Bool {
        change { state, index in
            var changed = state.catalog.register(service, at: index)
            for check in checks {
                // An instance that registers again keeps the status of its checks.
                let known = state.catalog.checks[check.key]
                var check = check
                check.status = known?.status ?? check.status
                check.output = known?.output ?? check.output
                changed = state.catalog.set(check, at: index) || changed
            }
            return changed
        }
    }

    mutating func deregister(_ key: CatalogService.Key) -> Bool {
        held = held.filter { $0.value.node != key.node || $0.value.serviceID != key.id }
        return change { $0.catalog.deregister(key, at: $1) }
    }

    /// An output that changes alone stays at the agent, as Consul keeps it back for minutes.
    mutating func update(
        _ key: CatalogCheck.Key, to status: CheckStatus, output: String
    ) -> Bool {
        guard var check = held[key] ?? catalog.checks[key], check.status != status else {
            return false
        }
        check.status = status
        check.output = output
        if held[key] != nil {
            held[key] = check
            return false
        }
        return change { $0.catalog.set(check, at: $1) }
    }

    mutating func setMaintenance(_ reason: String?, of service: CatalogService) -> Bool {
        var check = CatalogCheck(
            node: service.node, id: "_service_maintenance:\(service.id)",
            name: "Service Maintenance Mode", status: .critical)
        (check.serviceID, check.serviceName) = (service.id, service.name)
        check.serviceTags = service.tags
        return setMaintenance(reason, check)
    }

    mutating func setMaintenance(_ reason: String?, ofNode node: String) -> Bool {
        let check = CatalogCheck(
            node: node, id: "_node_maintenance", name: "Node Maintenance Mode", status: .critical)
        return setMaintenance(reason, check)
    }

    private mutating func setMaintenance(_ reason: String?, _ check: CatalogCheck) -> Bool {
        var check = check
        check.type = "maintenance"
        check.notes = reason ?? ""
        return change {
            reason == nil ? $0.catalog.remove(check.key, at: $1) : $0.catalog.set(check, at: $1)
        }
    }

    /// Shows the instance's checks with a status of our choice until it is released.
    mutating func hold(_ service: CatalogService, at status: CheckStatus, output: String) -> Bool {
        change { state, index in
            var changed = false
            for check in state.catalog.checks(of: service) {
                state.held[check.key] = state.held[check.key] ?? check
                var shown = check
                (shown.status, shown.output) = (status, output)
                changed = state.catalog.set(shown, at: index) || changed
            }
            return changed
        }
    }

    /// Shows again what the agent says of the instance's checks.
    mutating func release(_ service: CatalogService) -> Bool {
        change { state, index in
            var changed = false
            for check in state.catalog.checks(of: service) {
                guard let said = state.held.removeValue(forKey: check.key) else { continue }
                changed = state.catalog.set(said, at: index) || changed
            }
            return changed
        }
    }

    mutating func put(
        _ key: String, _ value: [UInt8], flags: UInt64 = 0, if condition: KVCondition = .init()
    ) -> (held: Bool, changed: Bool) {
        noting { $0.keys.put(key, value, flags: flags, if: condition, at: $1) }
    }

    mutating func delete(
        _ key: String, if condition: KVCondition = .init()
    ) -> (held: Bool, changed: Bool) {
        noting { $0.keys.delete(key, if: condition, at: $1) }
    }

    mutating func delete(under prefix: String) -> Bool {
        change { $0.keys.delete(under: prefix, at: $1) }
    }

    mutating func lock(
        _ key: String, _ value: [UInt8], flags: UInt64, by session: String
    ) -> Bool {
        noting { $0.keys.lock(key, value, flags: flags, by: session, at: $1) }.held
    }

    mutating func unlock(
        _ key: String, _ value: [UInt8], flags: UInt64, by session: String
    ) -> Bool {
        noting { $0.keys.unlock(key, value, flags: flags, by: session, at: $1) }.held
    }

    mutating func open(_ session: KVSession) {
        index += 1
        sessions[session.id] = session
    }

    /// The keys that it held.
    mutating func end(_ id: String) -> [String] {
        guard let session = sessions.removeValue(forKey: id) else { return [] }
        index += 1
        return keys.end(session, at: index)
    }

    /// Does all of them as one change, or none.
    mutating func transact(_ operations: [KVOperation]) -> KVTransaction.Answer {
        var answer = KVTransaction.Answer()
        _ = noting { state, index in
            var keys = state.keys
            answer = KVTransaction(operations).run(on: &keys, at: index)
            guard answer.troubles.isEmpty else { return (false, false) }
            let changed = keys.tableIndex == index
            state.keys = keys
            return (true, changed)
        }
        return answer
    }

    private mutating func noting(
        _ write: (inout Self, UInt64) -> (held: Bool, changed: Bool)
    ) -> (held: Bool, changed: Bool) {
        let result = write(&self, index + 1)
        if result.changed { index += 1 }
        return result
    }

    private mutating func change(_ write: (inout Self, UInt64) -> Bool) -> Bool {
        noting { (true, write(&$0, $1)) }.changed
    }
}
