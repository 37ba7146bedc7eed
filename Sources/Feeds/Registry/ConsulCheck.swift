// ConsulCheck: a health check as Consul lists it, alone or with its instance.
import Events

/// A check and whose it is; `(node, id)` is unique.
struct ConsulCheck: Sendable {
    struct Key: Hashable, Sendable {
        var node: String
        var id: String
    }

    var key: Key
    /// Empty where the check is the node's.
    var serviceID: String
    var service: String
    var check: Check
    /// Raft's index of the last change: of two tellings the higher one is the newer.
    var modified: UInt64

    var isOfNode: Bool { serviceID.isEmpty }
}

extension ConsulCheck {
    /// Reads one check; `kept` says what of its output.
    static func read(
        _ scanner: inout JSONScanner, _ strings: inout StringTable, kept: CheckOutput
    ) throws(JSONError) -> ConsulCheck {
        var (node, id, name, status, output) = ("", "", "", "", "")
        var (serviceID, service, modified) = ("", "", UInt64(0))
        let start = scanner.offset
        try scanner.object { (field, scanner) throws(JSONError) in
            switch field {
            case "Node": node = try scanner.string(in: &strings)
            case "CheckID": id = try scanner.string(in: &strings)
            case "Name": name = try scanner.string(in: &strings)
            case "Status": status = try scanner.string()
            case "Output": output = try kept.read(&scanner)
            case "ServiceID": serviceID = try scanner.string(in: &strings)
            case "ServiceName": service = try scanner.string(in: &strings)
            case "ModifyIndex": modified = try scanner.unsigned()
            default: try scanner.skip()
            }
        }
        guard !node.isEmpty, !id.isEmpty else {
            throw JSONError(offset: start, reason: "begins a check without Node or CheckID")
        }
        let check = Check(
            id: id, name: name, status: health(status, of: id), output: output,
            isOfNode: serviceID.isEmpty)
        return ConsulCheck(
            key: Key(node: node, id: id), serviceID: serviceID, service: service, check: check,
            modified: modified)
    }

    /// Reads a list of checks of many services, as `health/state/*` answers it.
    static func list(
        _ scanner: inout JSONScanner, _ strings: inout StringTable, kept: CheckOutput
    ) throws(JSONError) -> [ConsulCheck] {
        guard try scanner.kind() == .array else { throw scanner.error("should begin an array") }
        var checks: [ConsulCheck] = []
        try scanner.array { (scanner) throws(JSONError) in
            checks.append(try read(&scanner, &strings, kept: kept))
        }
        return checks
    }

    /// Consul keeps any word; maintenance is a critical check with a reserved id.
    private static func health(_ status: String, of id: String) -> Health {
        let isMaintenance = id == "_node_maintenance" || id.hasPrefix("_service_maintenance:")
        switch status {
        case "passing": return .passing
        case "warning": return .warning
        case "critical": return isMaintenance ? .maintenance : .critical
        case "maintenance": return .maintenance
        default: return .unknown
        }
    }
}
