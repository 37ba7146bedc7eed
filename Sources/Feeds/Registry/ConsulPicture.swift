// ConsulPicture: all instances as far as they are known, mended answer by answer.
import Events

/// Services without instances are not in it: Consul forgets them too.
struct ConsulPicture: Sendable {
    private(set) var services: [String: [ConsulInstance]] = [:]
    private(set) var instanceCount = 0

    /// What a list of checks did to the picture.
    struct Effect {
        var changed: Set<String> = []
        /// Services with a check, or an instance, that is not known here.
        var unknown: Set<String> = []
    }

    func listing(_ service: String) -> ServiceListing {
        ServiceListing(service: service, instances: services[service, default: []].map(\.shown))
    }

    /// Whether the service has an instance that does not pass.
    func isSick(_ service: String) -> Bool {
        services[service, default: []].contains { $0.shown.health != .passing }
    }

    /// Takes the complete list of a service; false where nothing that is shown changed.
    mutating func replace(_ service: String, with instances: [ConsulInstance]) -> Bool {
        let earlier = services[service, default: []]
        let before = Dictionary(earlier.map { ($0.shown.id, $0) }) { first, _ in first }
        let now = instances.map { instance in
            var instance = instance
            if let old = before[instance.shown.id] { instance.keepNewer(of: old) }
            return instance
        }
        services[service] = now.isEmpty ? nil : now
        instanceCount += now.count - earlier.count
        return now.map(\.shown) != earlier.map(\.shown)
    }

    /// Takes the newer states of checks, each wherever it is known.
    mutating func apply(_ checks: [ConsulCheck]) -> Effect {
        var effect = Effect()
        for check in checks where !check.isOfNode { apply(check, &effect) }
        let ofNodes = Dictionary(grouping: checks.filter(\.isOfNode), by: \.key.node)
        if !ofNodes.isEmpty {
            visit(ofNodes) { instance, check in
                if !instance.take(check) { instance.add(check) }
            } changed: {
                effect.changed.insert($0)
            }
        }
        return effect
    }

    /// Takes checks that are no longer sick for passing.
    mutating func heal(_ keys: [ConsulCheck.Key]) -> Set<String> {
        var changed: Set<String> = []
        visit(Dictionary(grouping: keys, by: \.node)) { instance, key in
            instance.heal(key)
        } changed: {
            changed.insert($0)
        }
        return changed
    }

    /// The services with an instance on one of the nodes.
    func services(on nodes: Set<String>) -> [String] {
        services.filter { $0.value.contains { nodes.contains($0.shown.node) } }.map(\.key)
    }

    private mutating func apply(_ check: ConsulCheck, _ effect: inout Effect) {
        let place = services[check.service]?.firstIndex {
            $0.shown.instanceID == check.serviceID && $0.shown.node == check.key.node
        }
        guard let place, var instance = services[check.service]?[place], instance.take(check) else {
            effect.unknown.insert(check.service)
            return
        }
        guard instance.shown != services[check.service]?[place].shown else { return }
        services[check.service]?[place] = instance
        effect.changed.insert(check.service)
    }

    /// Goes once through all instances on the nodes of `items`.
    private mutating func visit<Item>(
        _ items: [String: [Item]], _ mend: (inout ConsulInstance, Item) -> Void,
        changed: (String) -> Void
    ) {
        for (service, instances) in services {
            for (place, old) in instances.enumerated() {
                guard let items = items[old.shown.node] else { continue }
                var instance = old
                for item in items { mend(&instance, item) }
                guard instance.shown != old.shown else { continue }
                services[service]?[place] = instance
                changed(service)
            }
        }
    }
}

extension ConsulPicture {
    /// The picture that a list of all checks gives: without addresses, versions, and instances
    /// that have no check of their own.
    init(of checks: [ConsulCheck], leavingOut isSidecar: (String) -> Bool) {
        let ofNodes = Dictionary(grouping: checks.filter(\.isOfNode), by: \.key.node)
        let ofServices = Dictionary(grouping: checks.filter { !$0.isOfNode }, by: \.service)
        for (service, checks) in ofServices where !isSidecar(service) {
            let instances = Dictionary(grouping: checks) {
                ServiceInstance(
                    id: $0.serviceID, service: service, node: $0.key.node, health: .unknown)
            }
            services[service] = instances.map { instance, checks in
                ConsulInstance(instance, checks: checks + ofNodes[instance.node, default: []])
            }.sorted { ($0.shown.instanceID, $0.shown.node) < ($1.shown.instanceID, $1.shown.node) }
            instanceCount += instances.count
        }
    }
}
