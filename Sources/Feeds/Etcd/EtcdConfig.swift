// EtcdConfig: configuration kept in etcd, a key for each service and environment.
package import Events
package import Network

/// Watches the keys under a prefix; a key's version is the revision of its last change.
package struct EtcdConfig: Feed {
    package let source: FeedSource
    private let keyspace: EtcdKeyspace

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        keyspace = EtcdKeyspace(settings, prefix: "config/", client: client, resolver: resolver)
    }

    package func run(_ output: any FeedOutput) async throws {
        var keys: Set<String> = []
        try await keyspace.follow(output) { news in
            switch news {
            case .unchanged: break
            case .listed(let pairs):
                keys = Set(pairs.map(\.name))
                await output.emit(.config(source.id, .listed(pairs.map(entry))))
            case .changed(let pairs, let gone):
                keys.formUnion(pairs.map(\.name))
                keys.subtract(gone)
                await output.emit(.config(source.id, .changed(pairs.map(entry), gone: gone)))
            }
            return keys.count.counted("key")
        }
    }

    /// The value itself stays here: an entry holds what may be seen of it.
    private func entry(_ pair: EtcdPair) -> ConfigEntry {
        ConfigValue.entry(
            key: pair.name, prefix: keyspace.prefix.text, value: pair.value,
            version: String(pair.changedAt))
    }
}
