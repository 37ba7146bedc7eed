// Watching: an engine made of a plan.
import Alerting
import Engine
import Events
import Feeds
import Journal
import Network

extension WatchPlan {
    /// An engine that watches what the plan names; it is not started yet.
    func engine(
        traceWindow: Duration, rules: RuleSet = RuleSet(), series: LiveSeries? = nil,
        keep: @escaping @Sendable ([AlertMemory]) -> Void = { _ in },
        store: BookkeeperSettings? = nil, journal: JournalWriter? = nil,
        newest: NewestWorld = NewestWorld(),
        onChange: @escaping @Sendable () -> Void = {}
    ) -> Engine {
        let feeds = feeds.flatMap { settings in
            settings.sources.map { source in
                let client = MeteredClient(
                    CurlClient.shared, perSecond: settings.budget ?? settings.kind.budget)
                let feed = settings.feed(
                    source, client: client, resolver: newest, traceWindow: traceWindow)
                return SupervisedFeed(
                    feed, interval: settings.interval, takeRequests: client.takeRequests)
            }
        }
        return Engine(
            environment: environment, feeds: feeds, traceWindow: traceWindow, rules: rules,
            series: series, keep: keep, store: store, journal: journal, newest: newest,
            onChange: onChange)
    }

    /// The longest that a feed may take to answer.
    var deadline: Duration { feeds.map(\.deadline).max() ?? .seconds(10) }
}

extension FeedKind {
    /// Requests a second that no server of this kind should mind.
    fileprivate var budget: Double {
        switch self {
        case .consul, .etcd: 400
        case .lra: 10
        case .zipkin: 20
        // A discovered service has many targets, all of them scraped at one moment.
        case .metrics: 400
        case .prometheus, .alertmanager: 10
        }
    }
}
