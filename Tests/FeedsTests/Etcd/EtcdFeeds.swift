// EtcdFeeds: both feeds as the tests make them.
import Events
import Feeds
import Network

extension FeedSettings {
    static func etcd(_ url: String = "http://etcd:2379", prefix: String? = nil) -> FeedSettings {
        var settings = FeedSettings(name: "etcd", kind: .etcd, worlds: [.registry], url: url)
        settings.prefix = prefix
        return settings
    }
}

extension EtcdRegistry {
    init(_ settings: FeedSettings, _ client: any HTTPClient) {
        let source = FeedSource(name: "etcd", kind: .etcd, world: .registry, address: "etcd")
        self.init(settings: settings, source: source, client: client, resolver: NoResolver())
    }
}

extension EtcdConfig {
    init(_ settings: FeedSettings, _ client: any HTTPClient) {
        let source = FeedSource(name: "etcd", kind: .etcd, world: .config, address: "etcd")
        self.init(settings: settings, source: source, client: client, resolver: NoResolver())
    }
}

extension Event {
    /// `listed a: 1, 2 | b: 3` or `changed … gone c`, for comparing.
    var brief: String {
        switch self {
        case .registry(_, .listed(let services)): "listed \(services.brief)"
        case .registry(_, .changed(let services, let gone)):
            "changed \(services.brief) gone \(gone.joined(separator: ", "))"
        case .config(_, .listed(let entries)): "listed \(entries.brief)"
        case .config(_, .changed(let entries, let gone)):
            "changed \(entries.brief) gone \(gone.joined(separator: ", "))"
        default: "\(self)"
        }
    }
}

extension [ServiceListing] {
    var brief: String {
        map { "\($0.service): \($0.instances.map(\.id).joined(separator: ", "))" }
            .joined(separator: " | ")
    }
}

extension [ConfigEntry] {
    var brief: String { map { "\($0.key)@\($0.version)" }.joined(separator: ", ") }
}
