// ServiceConfiguration: what the services read out of their key in the registry.
internal import FoundationEssentials

struct ServiceConfiguration: Hashable, Sendable {
    /// What people call it: `v41`.
    var version: String?
    /// How long payment waits for its bank.
    var timeout: Duration = .seconds(2)

    init() {}

    /// Fields that nobody here knows are somebody else's.
    init(json: [UInt8]) throws {
        struct Wire: Decodable {
            enum CodingKeys: String, CodingKey {
                case version
                case timeout = "timeout_ms"
            }
            let version: String?
            let timeout: Int?
        }
        let wire = try JSONDecoder().decode(Wire.self, from: Data(json))
        version = wire.version
        if let milliseconds = wire.timeout { timeout = .milliseconds(milliseconds) }
    }
}
