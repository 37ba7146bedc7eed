// RegistryClient: what an instance asks of its registry, over Consul's HTTP API.
internal import FoundationEssentials
internal import Network

struct RegistryClient: Sendable {
    let http: any HTTPClient
    let url: String
    /// The environment: its configurations lie under `config/<service>/<environment>`.
    let environment: String

    /// Registers the instance with a gRPC check, or says anew what it is.
    func register(_ instance: InstanceIdentity, port: Int, configVersion: String?) async throws {
        var meta = ["version": "1.4.2", "zone": instance.zone]
        meta["config_version"] = configVersion
        let body: JSON = [
            "ID": .string(instance.id), "Name": .string(instance.service.rawValue),
            "Address": "127.0.0.1", "Port": .integer(Int64(port)), "Meta": .sorted(meta),
            "Check": [
                "CheckID": .string(instance.checkID), "Name": "grpc",
                "GRPC": .string("127.0.0.1:\(port)"), "Interval": "1s", "Timeout": "1s",
            ],
        ]
        try await put("/v1/agent/service/register", body)
    }

    func setCheck(of instance: InstanceIdentity, _ health: CheckedHealth) async throws {
        let body: JSON = [
            "Status": .string(health.isPassing ? "passing" : "critical"),
            "Output": .string(health.output),
        ]
        try await put("/v1/agent/check/update/\(instance.checkID)", body)
    }

    /// The addresses of the passing instances, as soon as something is newer than `index`.
    func passing(
        _ service: ServiceName, after index: UInt64?
    ) async throws -> (addresses: [String], index: UInt64?) {
        let path = "/v1/health/service/\(service.rawValue)?passing=true"
        let answer = try await wait(path, after: index, for: "55s")
        guard answer.status == 200 else { throw Refused(path: path, status: answer.status) }
        let entries = try JSONDecoder().decode([HealthEntry].self, from: Data(answer.body))
        let addresses = entries.map { "\($0.service.address):\($0.service.port)" }
        return (addresses.sorted(), answer.index)
    }

    /// The service's configuration, as soon as it is newer than `index`; nil where there is none.
    func configuration(
        of service: ServiceName, after index: UInt64?
    ) async throws -> (ServiceConfiguration?, index: UInt64?) {
        let path = "/v1/kv/config/\(service.rawValue)/\(environment)?raw=true"
        let answer = try await wait(path, after: index, for: "55s")
        if answer.status == 404 { return (nil, answer.index) }
        guard answer.status == 200 else { throw Refused(path: path, status: answer.status) }
        return (try ServiceConfiguration(json: answer.body), answer.index)
    }

    struct Refused: Error {
        var path: String
        var status: Int
    }

    private func put(_ path: String, _ body: JSON) async throws {
        var request = HTTPRequest(url + path)
        request.method = "PUT"
        request.body = body.bytes
        let answer = try await http.send(request)
        guard answer.status == 200 else { throw Refused(path: path, status: answer.status) }
    }

    private func wait(
        _ path: String, after index: UInt64?, for wait: String
    ) async throws -> HTTPAnswer {
        var request = HTTPRequest(url + path + (index.map { "&index=\($0)&wait=\(wait)" } ?? ""))
        request.deadline = .seconds(70)
        return try await http.send(request)
    }
}

/// What we need of one entry of `/v1/health/service`.
private struct HealthEntry: Decodable {
    struct Service: Decodable {
        enum CodingKeys: String, CodingKey {
            case address = "Address"
            case port = "Port"
        }
        let address: String
        let port: Int
    }

    enum CodingKeys: String, CodingKey {
        case service = "Service"
    }
    let service: Service
}

extension HTTPAnswer {
    /// Consul's index: 0 would not block, and is never given.
    fileprivate var index: UInt64? {
        headers["X-Consul-Index"].flatMap { UInt64($0) }.map { max($0, 1) }
    }
}
