// FeedFactory: the table of systems: what is configured of a server, made into its feeds.
package import Events
package import Network

extension FeedSettings {
    /// The sources this server is: one for each world watched there.
    package var sources: [FeedSource] {
        worlds.map { FeedSource(name: name, kind: kind, world: $0, address: shownAddress) }
    }

    /// The feed of one of ``sources``.
    ///
    /// `client` counts and paces what it asks, `resolver` finds the servers of `consul://name`, and
    /// spans are wanted as far back as `traceWindow`.
    package func feed(
        _ source: FeedSource, client: any HTTPClient, resolver: any ServiceResolver,
        traceWindow: Duration
    ) -> any Feed {
        switch (kind, source.world) {
        case (.consul, .config):
            ConsulConfig(settings: self, source: source, client: client, resolver: resolver)
        case (.consul, _):
            ConsulRegistry(settings: self, source: source, client: client, resolver: resolver)
        case (.etcd, .config):
            EtcdConfig(settings: self, source: source, client: client, resolver: resolver)
        case (.etcd, _):
            EtcdRegistry(settings: self, source: source, client: client, resolver: resolver)
        case (.lra, _):
            LRASagas(settings: self, source: source, client: client, resolver: resolver)
        case (.zipkin, _):
            ZipkinTraces(
                settings: self, source: source, client: client, resolver: resolver,
                window: traceWindow)
        case (.metrics, _):
            PrometheusTargets(settings: self, source: source, client: client, resolver: resolver)
        case (.prometheus, _):
            PrometheusAlerts(settings: self, source: source, client: client, resolver: resolver)
        case (.alertmanager, _):
            AlertmanagerFeed(settings: self, source: source, client: client, resolver: resolver)
        }
    }
}
