// ConsulSessions: sessions that keep our keys alive, renewed while we are.
import Feeds
import FoundationEssentials
import Network

/// One session for each key that goes with us.
///
/// Consul ends a session between one and two times its time to live after the last renewal.
actor ConsulSessions {
    /// What becomes of the keys when the session ends.
    enum Behavior: String, Encodable {
        case release, delete
    }

    private let consul: ConsulServer
    private var sessions: [String: String] = [:]
    /// Consul takes no shorter and no longer time to live.
    private static let seconds: ClosedRange<Int64> = 10...86_400

    init(_ consul: ConsulServer) { self.consul = consul }

    /// A session that lasts for `duration` from now: the one that `owner` has, or a new one.
    func session(
        of owner: String, lasting duration: Duration, then behavior: Behavior
    ) async throws(FeedError) -> String {
        if let session = sessions[owner], try await renew(of: owner) { return session }
        let seconds = min(max(duration.wholeSeconds, Self.seconds.lowerBound), 86_400)
        let path = "/v1/session/create"
        let answer = try await consul.put(
            path, body: Creation(seconds: "\(seconds)s", behavior: behavior).bytes)
        try consul.server.check(answer, from: path)
        let session = try consul.server.decode(Session.self, answer.body, from: path).id
        sessions[owner] = session
        return session
    }

    /// Its keys go, or may be had by others; one that has ended before is no trouble.
    func end(_ session: String) async throws(FeedError) {
        for (owner, known) in sessions where known == session { sessions[owner] = nil }
        let path = "/v1/session/destroy/\(session.keyPath)"
        try consul.server.check(try await consul.put(path), from: path)
    }

    func forget(_ owner: String) { sessions[owner] = nil }

    /// False where there is none, or it has ended.
    func renew(of owner: String) async throws(FeedError) -> Bool {
        guard let session = sessions[owner] else { return false }
        let path = "/v1/session/renew/\(session.keyPath)"
        let answer = try await consul.put(path)
        guard answer.status != 404 else { return false }
        try consul.server.check(answer, from: path)
        return true
    }

    /// Without a delay, for who follows is not to wait, and without checks: a node's fate is not ours.
    private struct Creation: Encodable {
        var seconds: String
        var behavior: Behavior

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case seconds = "TTL"
            case delay = "LockDelay"
            case behavior = "Behavior"
            case checks = "NodeChecks"
        }

        func encode(to encoder: any Encoder) throws {
            var fields = encoder.container(keyedBy: CodingKeys.self)
            try fields.encode("clawtop", forKey: .name)
            try fields.encode(seconds, forKey: .seconds)
            try fields.encode("0s", forKey: .delay)
            try fields.encode(behavior, forKey: .behavior)
            try fields.encode([String](), forKey: .checks)
        }

        var bytes: [UInt8] { (try? JSONEncoder().encode(self)).map { [UInt8]($0) } ?? [] }
    }

    private struct Session: Decodable, Sendable {
        var id: String

        private enum CodingKeys: String, CodingKey {
            case id = "ID"
        }
    }
}
