// EtcdWatchMessage: what is asked of a watch, and one object of what it answers.
import FoundationEssentials

struct EtcdWatchRequest: Encodable, Sendable {
    struct Create: Encodable, Sendable {
        var key: Data
        var end: Data
        var revision: Int64

        private enum CodingKeys: String, CodingKey {
            case key
            case end = "range_end"
            case revision = "start_revision"
        }
    }

    var create: Create

    private enum CodingKeys: String, CodingKey {
        case create = "create_request"
    }
}

/// One object of the stream: `{"result":{…}}`, or `{"error":{…}}` as the last one.
enum EtcdWatchMessage: Decodable, Sendable {
    case result(EtcdWatchResult)
    case refused(EtcdRefusal)

    private enum CodingKeys: String, CodingKey {
        case result
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        if let refusal = try? EtcdRefusal(from: decoder) {
            self = .refused(refusal)
        } else {
            self = .result(try fields.decode(EtcdWatchResult.self, forKey: .result))
        }
    }
}

/// What a watch tells; where it neither begins nor ends, some keys changed.
package struct EtcdWatchResult: Sendable {
    package var isCreated = false
    package var isCanceled = false
    /// The oldest revision that is still there, where the watch was to begin before it.
    package var compactedAt: Int64?
    package var cancelReason: String?
    package var events: [EtcdEvent] = []
}

extension EtcdWatchResult: Decodable {
    private enum CodingKeys: String, CodingKey {
        case events
        case isCreated = "created"
        case isCanceled = "canceled"
        case compactedAt = "compact_revision"
        case cancelReason = "cancel_reason"
    }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        isCreated = try fields.decodeIfPresent(Bool.self, forKey: .isCreated) ?? false
        isCanceled = try fields.decodeIfPresent(Bool.self, forKey: .isCanceled) ?? false
        compactedAt = try fields.decodeIfPresent(EtcdNumber.self, forKey: .compactedAt)?.value
        cancelReason = try fields.decodeIfPresent(String.self, forKey: .cancelReason)
        events = try fields.decodeIfPresent([EtcdEvent].self, forKey: .events) ?? []
    }
}

/// One key that was put or deleted; a lease that ends deletes.
package struct EtcdEvent: Decodable, Sendable {
    package var pair: EtcdPair
    package var isDelete: Bool

    private enum CodingKeys: String, CodingKey {
        case type
        case pair = "kv"
    }

    /// A put has no type: it is the enum's zero.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        pair = try fields.decode(EtcdPair.self, forKey: .pair)
        isDelete = try fields.decodeIfPresent(String.self, forKey: .type) == "DELETE"
    }
}
