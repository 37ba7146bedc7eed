// ConsulKeys+Locks: keys that are bound to a session: what we evaluate, and who leads.
import Events
import Feeds
import Network

extension ConsulKeys {
    func tell(
        _ key: String, _ value: [UInt8], for duration: Duration
    ) async throws(FeedError) {
        guard try await acquire(key, value, as: key, for: duration, then: .delete) else {
            throw .refused(
                address: consul.server.address, path: "/v1/kv/\(key)", status: 409,
                words: "another session holds it")
        }
    }

    func renew(_ key: String) async throws(FeedError) -> Bool {
        try await sessions.renew(of: key)
    }

    func withdraw(_ key: String) async throws(FeedError) {
        guard let entry = try await entry(key) else { return }
        if let session = entry.session { try await sessions.end(session) }
        let path = "/v1/kv/\(key.keyPath)"
        let query = consul.query(path)
        try consul.server.check(
            try await consul.server.ask(query.target, method: "DELETE"), from: path)
    }

    func hold(
        _ key: String, as holder: String, for duration: Duration
    ) async throws(FeedError) -> Bool {
        try await acquire(
            key, Array(holder.utf8), as: "\(key) \(holder)", for: duration, then: .release)
    }

    func release(_ key: String, as holder: String) async throws(FeedError) {
        guard let entry = try await entry(key), entry.bytes == Array(holder.utf8),
            let session = entry.session
        else { return }
        try await sessions.end(session)
    }

    /// Locks a key with `owner`'s session, and with a new one where that is over.
    private func acquire(
        _ key: String, _ value: [UInt8], as owner: String, for duration: Duration,
        then behavior: ConsulSessions.Behavior
    ) async throws(FeedError) -> Bool {
        let session = try await sessions.session(of: owner, lasting: duration, then: behavior)
        do throws(FeedError) {
            if try await lock(key, value, with: session) { return true }
        } catch {
            guard case .refused(_, _, 500, let words, _) = error, words.contains("invalid session")
            else { throw error }
            // It ended between the two questions; who asks again gets another one.
            await sessions.forget(owner)
            throw error
        }
        guard let other = try await formerSession(key, value, behavior), other != session else {
            return false
        }
        try await sessions.end(other)
        return try await lock(key, value, with: session)
    }

    /// The session by which we held the key in a former life.
    private func formerSession(
        _ key: String, _ value: [UInt8], _ behavior: ConsulSessions.Behavior
    ) async throws(FeedError) -> String? {
        guard let entry = try await entry(key) else { return nil }
        // An observer's key names it; of who leads the value does.
        guard behavior == .delete || entry.bytes == value else { return nil }
        return entry.session
    }

    private func lock(
        _ key: String, _ value: [UInt8], with session: String
    ) async throws(FeedError) -> Bool {
        let path = "/v1/kv/\(key.keyPath)"
        let answer = try await consul.put(
            path, ["acquire=\(session.keyPath)"], body: value)
        try consul.server.check(answer, from: path)
        return String(decoding: answer.body, as: UTF8.self).contains("true")
    }

    private func entry(_ key: String) async throws(FeedError) -> ConsulEntry? {
        let path = "/v1/kv/\(key.keyPath)"
        let query = consul.query(path)
        let answer = try await consul.server.ask(query.target)
        guard answer.status != 404 else { return nil }
        try consul.server.check(answer, from: path)
        return try consul.server.decode([ConsulEntry].self, answer.body, from: path).first
    }
}
