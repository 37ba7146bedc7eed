// RegistryEvent: what service registries tell us.

/// How an instance or a service is; the sickest is the greatest.
///
/// `maintenance` is wanted by somebody and therefore less than `unknown`.
package enum Health: String, Codable, Comparable, CaseIterable, Sendable {
    case passing, maintenance, unknown, warning, critical

    package static func < (one: Self, other: Self) -> Bool {
        one.severity < other.severity
    }

    package var severity: Int {
        switch self {
        case .passing: 0
        case .maintenance: 1
        case .unknown: 2
        case .warning: 3
        case .critical: 4
        }
    }
}

/// One health check of an instance or of its node.
package struct Check: Hashable, Codable, Sendable, Identifiable {
    package var id: String
    package var name: String
    package var status: Health
    /// What the check printed, cut by its source; empty where it said nothing yet.
    package var output: String
    /// The check is of the node, and so shared by all instances on it.
    package var isOfNode: Bool

    package init(id: String, name: String, status: Health, output: String, isOfNode: Bool = false) {
        (self.id, self.name, self.status) = (id, name, status)
        (self.output, self.isOfNode) = (output, isOfNode)
    }
}

/// One instance of a service, as its registry knows it.
package struct ServiceInstance: Hashable, Codable, Sendable, Identifiable {
    /// The registry's own id; not unique: two nodes may use the same one.
    package var instanceID: String
    package var service: String
    package var node: String
    /// `host:port`, or empty where the source has not told it yet.
    package var address: String
    package var zone: String?
    package var version: String?
    /// The configuration version that the instance says it runs.
    package var configVersion: String?
    /// The worst of its checks; where there are none, what the registry makes of that.
    package var health: Health
    package var checks: [Check]

    package init(
        id: String, service: String, node: String = "", address: String = "", zone: String? = nil,
        version: String? = nil, configVersion: String? = nil, health: Health,
        checks: [Check] = []
    ) {
        (instanceID, self.service, self.node, self.address) = (id, service, node, address)
        (self.zone, self.version, self.configVersion) = (zone, version, configVersion)
        (self.health, self.checks) = (health, checks)
    }

    /// Unique within its service and feed.
    package var id: String { node.isEmpty ? instanceID : "\(node)/\(instanceID)" }
}

/// All instances of one service in one registry.
package struct ServiceListing: Hashable, Codable, Sendable {
    package var service: String
    package var instances: [ServiceInstance]

    package init(service: String, instances: [ServiceInstance]) {
        (self.service, self.instances) = (service, instances)
    }
}

/// What a service registry tells us.
package enum RegistryEvent: Hashable, Codable, Sendable {
    /// The registry's complete list; services not in it are gone.
    case listed([ServiceListing])
    /// The complete lists of services that changed, and the names of those that are gone.
    case changed([ServiceListing], gone: [String])
}
