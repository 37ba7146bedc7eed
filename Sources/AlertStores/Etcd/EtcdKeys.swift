// EtcdKeys: etcd's keys as a team's store uses them: transactions, leases, one watch.
package import Events
package import Feeds
package import Network

extension TeamStore {
    /// The store under the settings' prefix, `clawtop/` where there is none.
    ///
    /// A user needs a role that may read and write that prefix.
    package convenience init(
        etcd settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver
    ) {
        self.init(
            EtcdKeys(EtcdGateway(settings, client: client, resolver: resolver)),
            StoreLayout(prefix: settings.prefix))
    }
}

struct EtcdKeys: SharedKeys {
    let gateway: EtcdGateway
    private let leases: EtcdLeases
    /// etcd takes 128 operations and 1.5 MiB.
    let batch = (writes: 128, bytes: 1 << 20)

    init(_ gateway: EtcdGateway) { (self.gateway, leases) = (gateway, EtcdLeases(gateway)) }

    var name: String { "etcd \(gateway.server.address)" }

    func list(_ folder: String) async throws(FeedError) -> SharedListing {
        let listing = try await keyspace(folder).list()
        return SharedListing(
            pairs: listing.pairs.map(SharedPair.init), revision: UInt64(listing.revision.magnitude))
    }

    func get(_ keys: [String]) async throws(FeedError) -> [SharedPair] {
        guard !keys.isEmpty else { return [] }
        return try await transact(EtcdTransaction(success: keys.map { .get($0) })).pairs
            .map(SharedPair.init)
    }

    func write(_ writes: [SharedWrite]) async throws(FeedError) -> [UInt64]? {
        let answer = try await transact(
            EtcdTransaction(
                compare: writes.map { .changed($0.key, at: Int64(clamping: $0.expected)) },
                success: writes.map { write in
                    write.value.map { .put(write.key, $0) } ?? .delete(write.key)
                }))
        guard answer.isDone else { return nil }
        return writes.map { _ in UInt64(answer.header.revision.magnitude) }
    }

    func tell(
        _ key: String, _ value: [UInt8], for duration: Duration
    ) async throws(FeedError) {
        let lease = try await leases.lease(of: key, lasting: duration.wholeSeconds)
        _ = try await transact(EtcdTransaction(success: [.put(key, value, lease: lease)]))
    }

    func renew(_ key: String) async throws(FeedError) -> Bool { try await leases.renew(of: key) }

    func withdraw(_ key: String) async throws(FeedError) {
        _ = try await transact(EtcdTransaction(success: [.delete(key)]))
        try await leases.end(of: key)
    }

    /// A key that we held in a former life, with another lease, is ours as well.
    func hold(
        _ key: String, as holder: String, for duration: Duration
    ) async throws(FeedError) -> Bool {
        let lease = try await leases.lease(of: "\(key) \(holder)", lasting: duration.wholeSeconds)
        let put = EtcdOperation.put(key, Array(holder.utf8), lease: lease)
        let answer = try await transact(
            EtcdTransaction(compare: [.changed(key, at: 0)], success: [put], failure: [.get(key)]))
        guard !answer.isDone else { return true }
        guard let pair = answer.pairs.first, pair.value == Array(holder.utf8) else { return false }
        guard pair.lease != lease else { return true }
        return try await transact(
            EtcdTransaction(compare: [.changed(key, at: pair.changedAt)], success: [put])
        ).isDone
    }

    func release(_ key: String, as holder: String) async throws(FeedError) {
        _ = try await transact(
            EtcdTransaction(
                compare: [.value(key, Array(holder.utf8))], success: [.delete(key)]))
        try await leases.end(of: "\(key) \(holder)")
    }

    private func transact(
        _ transaction: EtcdTransaction
    ) async throws(FeedError) -> EtcdTransactionAnswer {
        try await gateway.ask(
            EtcdTransaction.path, transaction, for: EtcdTransactionAnswer.self)
    }

    /// Documents are long: fewer of them make an answer.
    func keyspace(_ folder: String) -> EtcdKeyspace {
        EtcdKeyspace(folder, of: gateway, pageSize: 100)
    }
}

extension SharedPair {
    init(_ pair: EtcdPair) {
        self.init(
            key: pair.name, value: pair.value, revision: UInt64(pair.changedAt.magnitude))
    }
}

extension Duration {
    /// Rounded up; at least one.
    var wholeSeconds: Int64 {
        let (seconds, rest) = components
        return max(1, rest > 0 ? seconds + 1 : seconds)
    }
}
