// ConsulEntry: one key as Consul's HTTP API writes it.
import FoundationEssentials

struct ConsulEntry: Decodable, Sendable {
    var key: String
    private var value: String?
    var modified: UInt64
    /// Who holds it as a lock.
    var session: String?

    private enum CodingKeys: String, CodingKey {
        case key = "Key"
        case value = "Value"
        case modified = "ModifyIndex"
        case session = "Session"
    }

    /// What is no base64 is no value of ours either.
    var bytes: [UInt8] { (value.flatMap { Data(base64Encoded: $0) }).map { [UInt8]($0) } ?? [] }
    var pair: SharedPair { SharedPair(key: key, value: bytes, revision: modified) }
}
