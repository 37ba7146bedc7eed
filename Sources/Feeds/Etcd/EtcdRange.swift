// EtcdRange: how keys are asked for, and what the gateway answers.
import FoundationEssentials

/// All keys from one up to another, or how many they are.
///
/// Without `serializable` a range is linearizable: it needs a quorum, and so tells that there is one.
struct EtcdRangeRequest: Encodable, Sendable {
    var key: Data
    var end: Data
    var limit: Int?
    var revision: Int64?
    var isCountOnly: Bool?
    /// Only keys that changed at this revision or later.
    var since: Int64?

    private enum CodingKeys: String, CodingKey {
        case key, limit, revision
        case end = "range_end"
        case isCountOnly = "count_only"
        case since = "min_mod_revision"
    }
}

package struct EtcdRangeAnswer: Decodable, Sendable {
    package var header: EtcdHeader
    package var pairs: [EtcdPair]
    /// The limit cut the answer.
    var hasMore: Bool
    /// All keys of the range, beyond the limit too.
    var count: Int64

    private enum CodingKeys: String, CodingKey {
        case header, count
        case pairs = "kvs"
        case hasMore = "more"
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        header = try fields.decode(EtcdHeader.self, forKey: .header)
        pairs = try fields.decodeIfPresent([EtcdPair].self, forKey: .pairs) ?? []
        hasMore = try fields.decodeIfPresent(Bool.self, forKey: .hasMore) ?? false
        count = try fields.decodeIfPresent(EtcdNumber.self, forKey: .count)?.value ?? 0
    }
}

/// What stands in each answer about keys.
package struct EtcdHeader: Decodable, Sendable {
    /// The store's, not the key's: it counts every change in the cluster.
    package var revision: Int64

    private enum CodingKeys: String, CodingKey {
        case revision
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        revision = try fields.decode(EtcdNumber.self, forKey: .revision).value
    }
}

/// The range of the keys that begin with a prefix.
struct EtcdPrefix: Hashable, Sendable {
    let text: String

    /// The first key; the zero byte where all keys are meant.
    var start: [UInt8] { text.isEmpty ? [0] : Array(text.utf8) }

    /// The first key behind them: the prefix with its last byte raised; the zero byte has no end.
    var end: [UInt8] {
        var bytes = Array(text.utf8)
        while bytes.last == 0xFF { bytes.removeLast() }
        guard let last = bytes.popLast() else { return [0] }
        return bytes + [last + 1]
    }
}
