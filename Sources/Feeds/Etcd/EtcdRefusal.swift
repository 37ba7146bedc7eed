// EtcdRefusal: how etcd says no, in the shapes of all its versions.
import FoundationEssentials

/// 3.4 and 3.5 write `{"error":"…","message":"…","code":3}`, 3.6 `{"code":3,"message":"…"}`;
/// in a stream it is an object: `{"error":{"grpc_code":14,"message":"…"}}` or `{"code":14,…}`.
struct EtcdRefusal: Decodable, Sendable {
    var message: String

    private enum CodingKeys: String, CodingKey {
        case message, error
    }

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try? fields.decode(String.self, forKey: .message) {
            message = text
        } else if let text = try? fields.decode(String.self, forKey: .error) {
            message = text
        } else {
            message = try fields.decode(EtcdRefusal.self, forKey: .error).message
        }
    }

    /// From a body, or nil where it is none of etcd's.
    init?(_ body: [UInt8]) {
        guard let refusal = try? JSONDecoder().decode(EtcdRefusal.self, from: Data(body)) else {
            return nil
        }
        self = refusal
    }

    /// The message, and what it means where etcd does not say.
    func words(isUserNamed: Bool) -> String {
        if message.contains("user name is empty"), !isUserNamed {
            return "\(message); set user and password, or a token"
        }
        if message.contains("request timed out") || message.contains("no leader") {
            return "\(message): the cluster has no quorum, or is overloaded"
        }
        return message
    }
}

extension FeedError {
    /// The token is missing, too old, or of another life of the server.
    ///
    /// A missing user is status 400, a JWT from before a change of rights 400, 401 or 500.
    var asksForLogin: Bool {
        guard case .refused(_, _, let status, let words, _) = self else { return false }
        return status == 401 || Self.wordsAskForLogin(words)
    }

    package static func wordsAskForLogin(_ words: String) -> Bool {
        words.contains("invalid auth token") || words.contains("user name is empty")
            || (words.contains("revision") && words.hasSuffix("is old"))
    }

    /// The revision asked for has been thrown away.
    var saysCompacted: Bool {
        guard case .refused(_, _, _, let words, _) = self else { return false }
        return words.contains("has been compacted")
    }
}
