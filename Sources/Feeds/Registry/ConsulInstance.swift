// ConsulInstance: an instance as Consul lists it, with what tells its checks' age.
import Events

struct ConsulInstance: Sendable {
    private(set) var shown: ServiceInstance
    /// The ModifyIndex of each of the shown checks.
    private var modified: [UInt64]

    init(_ instance: ServiceInstance, checks: [ConsulCheck]) {
        let sorted = checks.sorted { one, other in
            (one.isOfNode ? 1 : 0, one.key.id) < (other.isOfNode ? 1 : 0, other.key.id)
        }
        shown = instance
        shown.checks = sorted.map(\.check)
        modified = sorted.map(\.modified)
        judge()
    }

    /// Takes over a check's newer state; false where this instance has no such check.
    mutating func take(_ check: ConsulCheck) -> Bool {
        guard let place = shown.checks.firstIndex(where: { $0.id == check.key.id }) else {
            return false
        }
        if check.modified >= modified[place] {
            shown.checks[place] = check.check
            modified[place] = check.modified
            judge()
        }
        return true
    }

    /// Adds a check of the instance's node that came up since.
    mutating func add(_ check: ConsulCheck) {
        let place = shown.checks.firstIndex { $0.isOfNode && $0.id > check.key.id }
        shown.checks.insert(check.check, at: place ?? shown.checks.count)
        modified.insert(check.modified, at: place ?? modified.count)
        judge()
    }

    /// A check that is no longer among the sick ones; what it prints now is not known yet.
    mutating func heal(_ key: ConsulCheck.Key) {
        guard let place = shown.checks.firstIndex(where: { $0.id == key.id }) else { return }
        shown.checks[place].status = .passing
        shown.checks[place].output = ""
        judge()
    }

    /// Keeps what an earlier telling knew better: its answer overtook that of this one.
    mutating func keepNewer(of earlier: ConsulInstance) {
        for (place, check) in shown.checks.enumerated() {
            guard let old = earlier.shown.checks.firstIndex(where: { $0.id == check.id }),
                earlier.modified[old] > modified[place]
            else { continue }
            shown.checks[place] = earlier.shown.checks[old]
            modified[place] = earlier.modified[old]
        }
        judge()
    }

    /// The worst of all checks, maintenance apart; without any it passes, by Consul's own rule.
    private mutating func judge() {
        let isInMaintenance = shown.checks.contains { $0.status == .maintenance }
        let worst = shown.checks.lazy.map(\.status).max() ?? .passing
        shown.health = isInMaintenance ? .maintenance : worst
    }
}

/// The instances of one service, as `health/service/:name` answers them.
struct ConsulListing: Sendable {
    var instances: [ConsulInstance] = []
    /// Proxies beside the instances of another service: no service of their own.
    var sidecars = 0

    static func read(
        _ scanner: inout JSONScanner, kept: CheckOutput
    ) throws(JSONError) -> ConsulListing {
        guard try scanner.kind() == .array else { throw scanner.error("should begin an array") }
        var listing = ConsulListing()
        var strings = StringTable()
        try scanner.array { (scanner) throws(JSONError) in
            var entry = ConsulEntry()
            try entry.read(&scanner, &strings, kept: kept)
            if entry.kind == "connect-proxy" {
                listing.sidecars += 1
            } else {
                listing.instances.append(entry.instance)
            }
        }
        listing.instances.sort {
            ($0.shown.instanceID, $0.shown.node) < ($1.shown.instanceID, $1.shown.node)
        }
        return listing
    }
}

/// One element of `health/service/:name`: node, service, checks.
private struct ConsulEntry {
    var kind = ""
    private var (node, nodeAddress, nodeMeta) = ("", "", [String: String]())
    private var (id, service, address, meta) = ("", "", "", [String: String]())
    private var port: UInt64 = 0
    private var locality: String?
    private var checks: [ConsulCheck] = []

    mutating func read(
        _ scanner: inout JSONScanner, _ strings: inout StringTable, kept: CheckOutput
    ) throws(JSONError) {
        let start = scanner.offset
        try scanner.object { (part, scanner) throws(JSONError) in
            switch part {
            case "Node": try readNode(&scanner)
            case "Service": try readService(&scanner)
            case "Checks":
                try scanner.array { (scanner) throws(JSONError) in
                    checks.append(
                        try ConsulCheck.read(&scanner, &strings, kept: kept))
                }
            default: try scanner.skip()
            }
        }
        guard !node.isEmpty, !id.isEmpty, !service.isEmpty else {
            throw JSONError(offset: start, reason: "begins an entry without Node or Service")
        }
    }

    private mutating func readNode(_ scanner: inout JSONScanner) throws(JSONError) {
        try scanner.object { (field, scanner) throws(JSONError) in
            switch field {
            case "Node": node = try scanner.string()
            case "Address": nodeAddress = try scanner.string()
            case "Meta": nodeMeta = try Self.readMeta(&scanner)
            case "Locality":
                let zone = try Self.readZone(&scanner)
                locality = locality ?? zone
            default: try scanner.skip()
            }
        }
    }

    private mutating func readService(_ scanner: inout JSONScanner) throws(JSONError) {
        try scanner.object { (field, scanner) throws(JSONError) in
            switch field {
            case "ID": id = try scanner.string()
            case "Service": service = try scanner.string()
            case "Kind": kind = try scanner.string()
            case "Address": address = try scanner.string()
            case "Port": port = try scanner.unsigned()
            case "Meta": meta = try Self.readMeta(&scanner)
            case "Locality": locality = try Self.readZone(&scanner) ?? locality
            default: try scanner.skip()
            }
        }
    }

    /// The few metas that are shown.
    private static func readMeta(
        _ scanner: inout JSONScanner
    ) throws(JSONError) -> [String: String] {
        var meta: [String: String] = [:]
        try scanner.object { (name, scanner) throws(JSONError) in
            switch name {
            case "version", "config_version", "zone", "az", "availability_zone":
                meta[name.text] = try scanner.string(atMost: 200)
            default: try scanner.skip()
            }
        }
        return meta.filter { !$0.value.isEmpty }
    }

    private static func readZone(_ scanner: inout JSONScanner) throws(JSONError) -> String? {
        var zone = ""
        try scanner.object { (name, scanner) throws(JSONError) in
            switch name {
            case "Zone": zone = try scanner.string()
            default: try scanner.skip()
            }
        }
        return zone.isEmpty ? nil : zone
    }

    var instance: ConsulInstance {
        let metas = [meta, nodeMeta]
        let zones = metas.compactMap { $0["zone"] ?? $0["availability_zone"] ?? $0["az"] }
        return ConsulInstance(
            ServiceInstance(
                id: id, service: service, node: node, address: reachedAt,
                zone: zones.first ?? locality, version: meta["version"],
                configVersion: meta["config_version"], health: .passing),
            checks: checks)
    }

    /// The service's own address, else its node's.
    private var reachedAt: String {
        let host = address.isEmpty ? nodeAddress : address
        guard port > 0, !host.isEmpty else { return host }
        return host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
