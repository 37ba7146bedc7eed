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
        var engines: [String: RuleSource] = [:]
        let feeds = feeds.flatMap { settings in
            settings.sources.map { source in
                let client = MeteredClient(
                    CurlClient.shared, perSecond: settings.budget ?? settings.kind.budget)
                if settings.kind == .prometheus {
                    // One budget for its alerts and for the rules that it evaluates.
                    engines[settings.name] = RuleSource(
                        PrometheusAPI(settings: settings, client: client, resolver: newest))
                }
                let feed = settings.feed(
                    source, client: client, resolver: newest, traceWindow: traceWindow)
                return SupervisedFeed(
                    feed, interval: settings.interval, takeRequests: client.takeRequests)
            }
        }
        return Engine(
            environment: environment, feeds: feeds, traceWindow: traceWindow, rules: rules,
            sources: engines, series: series, keep: keep, store: store, journal: journal,
            newest: newest,
            onChange: onChange)
    }

    /// Has the Alertmanagers among the feeds hold our mutes as silences.
    func silenceKeeper(
        _ resolver: any ServiceResolver, say: @escaping @Sendable (String) -> Void
    ) -> SilenceKeeper {
        SilenceKeeper(
            feeds.filter { $0.kind == .alertmanager },
            client: {
                MeteredClient(CurlClient.shared, perSecond: $0.budget ?? $0.kind.budget)
            }, resolver: resolver, say: say)
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
