// ConsulRegistry: Consul's services, instances and checks, told as they change.
package import Events
package import Network

/// Watches a whole Consul with three blocking queries, however large it is.
///
/// A blocking query for each service does not scale: Consul allows a client 200 connections. The
/// sets of sick checks and the catalog say who changed; who did is read again.
package struct ConsulRegistry: Feed {
    package let source: FeedSource
    private let consul: ConsulServer
    private let interval: Duration?

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        consul = ConsulServer(settings, client: client, resolver: resolver)
        interval = settings.interval
    }

    package func run(_ output: any FeedOutput) async throws {
        while true {
            var watch = ConsulWatch(consul, source.id, output, interval: interval)
            try await watch.begin()
            try await watch.follow()
            // The server began anew, or an older state of it was restored: so do we.
            try await output.pause(for: .seconds(1))
        }
    }
}
