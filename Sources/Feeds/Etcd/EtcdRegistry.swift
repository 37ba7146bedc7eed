// EtcdRegistry: services and instances that registered themselves in etcd.
package import Events
package import Network

/// Watches the keys `<prefix><service>/<id>`; who deletes a key, or lets its lease end, leaves.
package struct EtcdRegistry: Feed {
    package let source: FeedSource
    private let keyspace: EtcdKeyspace

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        keyspace = EtcdKeyspace(settings, prefix: "services/", client: client, resolver: resolver)
    }

    package func run(_ output: any FeedOutput) async throws {
        var services = EtcdServices(prefix: keyspace.prefix.text)
        try await keyspace.follow(output) { news in
            if let event = services.apply(news) { await output.emit(.registry(source.id, event)) }
            return services.note
        }
    }
}
