// EtcdTransaction: several keys compared, then written or read in one step, as the gateway has it.
import Feeds
import FoundationEssentials

/// Where all comparisons hold `success` is done, else `failure`.
struct EtcdTransaction: Encodable, Sendable {
    static let path = "/v3/kv/txn"

    var compare: [EtcdComparison] = []
    var success: [EtcdOperation]
    var failure: [EtcdOperation] = []
}

enum EtcdComparison: Encodable, Sendable {
    /// The revision of the key's last change; 0: it is not there.
    case changed(String, at: Int64)
    case value(String, [UInt8])

    private enum CodingKeys: String, CodingKey {
        case key, target, result, value
        case revision = "mod_revision"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode("EQUAL", forKey: .result)
        switch self {
        case .changed(let key, let revision):
            try fields.encode("MOD", forKey: .target)
            try fields.encode(Data(key.utf8), forKey: .key)
            try fields.encode(String(revision), forKey: .revision)
        case .value(let key, let value):
            try fields.encode("VALUE", forKey: .target)
            try fields.encode(Data(key.utf8), forKey: .key)
            try fields.encode(Data(value), forKey: .value)
        }
    }
}

enum EtcdOperation: Encodable, Sendable {
    case get(String)
    case put(String, [UInt8], lease: Int64 = 0)
    case delete(String)

    private enum CodingKeys: String, CodingKey {
        case range = "request_range"
        case put = "request_put"
        case delete = "request_delete_range"
    }

    private struct Operands: Encodable {
        var key: Data
        var value: Data?
        var lease: String?
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .get(let key): try fields.encode(Operands(key: Data(key.utf8)), forKey: .range)
        case .delete(let key): try fields.encode(Operands(key: Data(key.utf8)), forKey: .delete)
        case .put(let key, let value, let lease):
            let operands = Operands(
                key: Data(key.utf8), value: Data(value), lease: lease == 0 ? nil : String(lease))
            try fields.encode(operands, forKey: .put)
        }
    }
}

struct EtcdTransactionAnswer: Decodable, Sendable {
    var header: EtcdHeader
    /// False is not written.
    var succeeded: Bool?
    private var responses: [Response]?

    private struct Response: Decodable, Sendable {
        var range: Range?

        struct Range: Decodable, Sendable {
            var kvs: [EtcdPair]?
        }

        private enum CodingKeys: String, CodingKey {
            case range = "response_range"
        }
    }

    var isDone: Bool { succeeded ?? false }
    /// What was read, in order; keys that are not there are missing.
    var pairs: [EtcdPair] { (responses ?? []).flatMap { $0.range?.kvs ?? [] } }
}
