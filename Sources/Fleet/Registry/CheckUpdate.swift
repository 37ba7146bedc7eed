// CheckUpdate: what a service says of one of its checks.
import FoundationEssentials

/// The body of `agent/check/update`.
struct CheckUpdate: Sendable {
    var status: CheckStatus
    var output: String

    private struct Body: Decodable {
        var status: String?
        var output: String?

        enum CodingKeys: String, CodingKey {
            case status = "Status"
            case output = "Output"
        }
    }

    init(_ body: [UInt8]) throws(RegistryRefusal) {
        guard let read = try? JSONDecoder().decode(Body.self, from: Data(body)) else {
            throw RegistryRefusal(400, "Request decode failed")
        }
        guard let status = read.status.flatMap(CheckStatus.init) else {
            throw RegistryRefusal(400, "Invalid check status: '\(read.status ?? "")'")
        }
        self.status = status
        // An agent keeps the beginning of what a check prints.
        output = String((read.output ?? "").prefix(4096))
    }
}
