// ConsulPlace: the fleet's registry, which speaks Consul's API, as a place where stores meet.
import AlertStores
import Events
import Feeds
import Fleet
import Network

extension StoreKind {
    static let consul = StoreKind(testDescription: "consul") { body in
        let registry = Registry()
        let server = try HTTPServer { await registry.answer($0) }
        do {
            try await body(
                StorePlace(
                    open: { TeamStore(consul: server.url) },
                    pass: { _ in await registry.endSessions() }))
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }
}

extension TeamStore {
    convenience init(
        consul url: String, deadline: Duration = .seconds(10),
        client: any HTTPClient = CurlClient(), _ change: (inout FeedSettings) -> Void = { _ in }
    ) {
        var settings = FeedSettings(
            name: "store", kind: .consul, worlds: [], url: url, deadline: deadline)
        change(&settings)
        self.init(consul: settings, client: client, resolver: NoServices())
    }
}
