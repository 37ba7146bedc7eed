// CatalogRecords: nodes, services and checks as Consul stores them.

/// A machine with an agent.
struct CatalogNode: Sendable {
    var id: String
    var name: String
    var address = "127.0.0.1"
    var meta: [String: String] = [:]
    var created: UInt64 = 0
    var modified: UInt64 = 0
}

/// One instance of a service; unique by node and id.
struct CatalogService: Sendable {
    struct Key: Hashable {
        var node: String
        var id: String
    }

    var node: String
    var id: String
    var name: String
    var tags: [String] = []
    var address = ""
    var port = 0
    var meta: [String: String] = [:]
    var passingWeight = 1
    var warningWeight = 1
    var created: UInt64 = 0
    var modified: UInt64 = 0

    var key: Key { Key(node: node, id: id) }

    /// The same registration, whenever it was written.
    func says(_ other: Self) -> Bool {
        (name, tags, address, port) == (other.name, other.tags, other.address, other.port)
            && (meta, passingWeight, warningWeight)
                == (other.meta, other.passingWeight, other.warningWeight)
    }
}

/// Consul's words for how a check is.
enum CheckStatus: String, Sendable, CaseIterable {
    case passing, warning, critical
}

/// One health check; of its node where it has no service.
struct CatalogCheck: Sendable {
    struct Key: Hashable {
        var node: String
        var id: String
    }

    var node: String
    var id: String
    var name: String
    var status: CheckStatus
    var notes = ""
    var output = ""
    var serviceID = ""
    var serviceName = ""
    var serviceTags: [String] = []
    /// `ttl`, `grpc`, `http`, `tcp`, `maintenance`, or "".
    var type = ""
    var interval = ""
    var timeout = ""
    var created: UInt64 = 0
    var modified: UInt64 = 0

    var key: Key { Key(node: node, id: id) }
}
