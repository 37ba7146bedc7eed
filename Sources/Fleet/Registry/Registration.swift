// Registration: what a service says of itself to its agent.
import FoundationEssentials

/// The body of `agent/service/register`.
struct Registration: Decodable {
    struct Definition: Decodable {
        var id: String?
        var name: String?
        var status: String?
        var notes: String?
        var ttl: String?
        var grpc: String?
        var http: String?
        var tcp: String?
        var interval: String?
        var timeout: String?

        enum CodingKeys: String, CodingKey {
            case id = "CheckID"
            case name = "Name"
            case status = "Status"
            case notes = "Notes"
            case ttl = "TTL"
            case grpc = "GRPC"
            case http = "HTTP"
            case tcp = "TCP"
            case interval = "Interval"
            case timeout = "Timeout"
        }

        var type: String {
            if ttl != nil { return "ttl" }
            if grpc != nil { return "grpc" }
            if http != nil { return "http" }
            return tcp == nil ? "" : "tcp"
        }
    }

    struct Weights: Decodable {
        var passing: Int?
        var warning: Int?

        enum CodingKeys: String, CodingKey {
            case passing = "Passing"
            case warning = "Warning"
        }
    }

    var id: String?
    var name: String?
    var tags: [String]?
    var address: String?
    var port: Int?
    var meta: [String: String]?
    var weights: Weights?
    var check: Definition?
    var checks: [Definition]?

    enum CodingKeys: String, CodingKey {
        case id = "ID"
        case name = "Name"
        case tags = "Tags"
        case address = "Address"
        case port = "Port"
        case meta = "Meta"
        case weights = "Weights"
        case check = "Check"
        case checks = "Checks"
    }

    init(_ body: [UInt8]) throws(RegistryRefusal) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(body))
        } catch {
            throw RegistryRefusal(400, "Request decode failed: \(error)")
        }
        guard name?.isEmpty == false else { throw RegistryRefusal(400, "Missing service name") }
    }

    func service(on node: String) -> CatalogService {
        let name = name ?? ""
        return CatalogService(
            node: node, id: id ?? name, name: name, tags: tags ?? [], address: address ?? "",
            port: port ?? 0, meta: meta ?? [:], passingWeight: weights?.passing ?? 1,
            warningWeight: weights?.warning ?? 1)
    }

    /// With the time that each may stay silent, where it is a `TTL` check.
    func checks(
        of service: CatalogService
    ) throws(RegistryRefusal) -> [(check: CatalogCheck, ttl: Duration?)] {
        let definitions = (check.map { [$0] } ?? []) + (checks ?? [])
        var result: [(check: CatalogCheck, ttl: Duration?)] = []
        for (place, definition) in definitions.enumerated() {
            let suffix = definitions.count > 1 ? ":\(place + 1)" : ""
            var check = CatalogCheck(
                node: service.node, id: definition.id ?? "service:\(service.id)\(suffix)",
                name: definition.name ?? "Service '\(service.name)' check",
                status: definition.status.flatMap(CheckStatus.init) ?? .critical)
            (check.serviceID, check.serviceName) = (service.id, service.name)
            (check.serviceTags, check.notes) = (service.tags, definition.notes ?? "")
            (check.type, check.interval) = (definition.type, definition.interval ?? "")
            check.timeout = definition.timeout ?? ""
            result.append((check, try Self.ttl(definition)))
        }
        return result
    }

    private static func ttl(_ definition: Definition) throws(RegistryRefusal) -> Duration? {
        guard let text = definition.ttl else { return nil }
        guard let ttl = goDuration(text) else {
            throw RegistryRefusal(400, #"Request decode failed: time: invalid duration "\#(text)""#)
        }
        return ttl
    }
}
