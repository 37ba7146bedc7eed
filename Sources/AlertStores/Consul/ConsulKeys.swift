// ConsulKeys: Consul's keys as a team's store uses them: transactions, sessions, blocking queries.
package import Events
package import Feeds
import FoundationEssentials
package import Network

extension TeamStore {
    /// The store under the settings' prefix, `clawtop/` where there is none.
    ///
    /// A token needs `key_prefix "clawtop/" { policy = "write" }`, and sessions:
    /// `session_prefix "" { policy = "write" }`.
    package convenience init(
        consul settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver
    ) {
        self.init(
            ConsulKeys(ConsulServer(settings, client: client, resolver: resolver)),
            StoreLayout(prefix: settings.prefix))
    }
}

struct ConsulKeys: SharedKeys {
    let consul: ConsulServer
    let sessions: ConsulSessions
    /// Every Consul takes 64 operations and 512 KiB of JSON, in which values are base64.
    let batch = (writes: 64, bytes: 352 << 10)

    init(_ consul: ConsulServer) { (self.consul, sessions) = (consul, ConsulSessions(consul)) }

    var name: String { "consul \(consul.server.address)" }

    func list(_ folder: String) async throws(FeedError) -> SharedListing {
        let (entries, index) = try await tree(folder)
        return SharedListing(pairs: entries.map(\.pair), revision: index)
    }

    /// Blocks until the tree's index moves; only what is newer counts.
    ///
    /// An index that goes back is one of another life of the server, or what a deletion left behind
    /// was cleared away: either way all is to be read anew.
    func changes(
        under folder: String, after revision: UInt64
    ) async throws(FeedError) -> SharedListing {
        while true {
            let began = ContinuousClock.now
            let (entries, index) = try await tree(folder, after: max(1, revision))
            guard index >= revision else {
                throw consul.server.unreadable(
                    "/v1/kv/\(folder)", "its index went back: it began anew, and is read anew")
            }
            if index > revision {
                let news = entries.filter { $0.modified > revision }
                return SharedListing(pairs: news.map(\.pair), revision: index)
            }
            if ContinuousClock.now - began < .seconds(1) { try await rest() }
        }
    }

    func get(_ keys: [String]) async throws(FeedError) -> [SharedPair] {
        var keys = keys
        while !keys.isEmpty {
            let answer = try await transact(keys.map(ConsulOperation.get))
            if let results = answer.results { return results.map(\.entry.pair) }
            let missing = Set((answer.troubles ?? []).map(\.place))
            let left = keys.indices.filter { !missing.contains($0) }.map { keys[$0] }
            guard left.count < keys.count else { return [] }
            keys = left
        }
        return []
    }

    func write(_ writes: [SharedWrite]) async throws(FeedError) -> [UInt64]? {
        let answer = try await transact(writes.map(ConsulOperation.init))
        guard let results = answer.results else { return nil }
        let revisions = Dictionary(results.map { ($0.entry.key, $0.entry.modified) }) { $1 }
        return writes.map { revisions[$0.key] ?? $0.expected }
    }

    private func transact(
        _ operations: [ConsulOperation]
    ) async throws(FeedError) -> ConsulTransactionAnswer {
        let path = "/v1/txn"
        let body = (try? JSONEncoder().encode(operations)).map { [UInt8]($0) } ?? []
        let answer = try await consul.put(path, body: body)
        if answer.status != 409 { try consul.server.check(answer, from: path) }
        let read = try consul.server.decode(
            ConsulTransactionAnswer.self, answer.body, from: path)
        if let words = read.denial {
            throw .refused(address: consul.server.address, path: path, status: 403, words: words)
        }
        return read
    }

    private func rest() async throws(FeedError) {
        do {
            try await Task.sleep(for: .seconds(Double.random(in: 0.5...1.5)))
        } catch {
            throw .unreachable(address: consul.server.address, .cancelled)
        }
    }
}

extension ConsulKeys {
    /// Consul has no pages, nor a way to ask only for what is new.
    private static let treeCap = 256 << 20

    /// All keys under a folder; a 404 says that there is none.
    private func tree(
        _ folder: String, after index: UInt64? = nil
    ) async throws(FeedError) -> (entries: [ConsulEntry], index: UInt64) {
        let path = "/v1/kv/\(folder.keyPath)"
        let query = consul.query(path, ["recurse"], index: index)
        let http = try await consul.server.ask(
            query.target, deadline: query.deadline, cap: Self.treeCap)
        let answer = ConsulAnswer(http)
        let seesNothing = http.status == 404 && answer.isDeniedByDefault && !consul.hasToken
        if answer.isFiltered || seesNothing {
            throw .refused(
                address: consul.server.address, path: path, status: 403,
                words: "ACLs hide keys from us")
        }
        if http.status != 404 { try consul.server.check(http, from: path) }
        guard let newest = answer.index else {
            throw consul.server.unreadable(path, "it has no X-Consul-Index")
        }
        let entries =
            http.status == 404
            ? [] : try consul.server.decode([ConsulEntry].self, http.body, from: path)
        return (entries, newest)
    }
}

extension ConsulServer {
    func put(
        _ path: String, _ parameters: [String] = [], body: [UInt8] = []
    ) async throws(FeedError) -> HTTPAnswer {
        let query = query(path, parameters)
        return try await server.ask(
            query.target, method: "PUT", body: body, deadline: query.deadline)
    }
}
