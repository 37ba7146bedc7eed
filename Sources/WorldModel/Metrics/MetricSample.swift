// MetricSample: one value of one of the world's own metrics.
package import Events

package struct MetricSample: Hashable, Sendable {
    /// The metric's name among them, as `__name__`.
    package var labels: Labels
    package var value: Double

    init(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Double) {
        let all = [Label(Labels.nameLabel, name)] + labels.map { Label($0.key, $0.value) }
        self.labels = Labels(all)
        self.value = value
    }
}

/// Metrics are sampled in parts, so that what changed costs, not what there is.
package enum MetricPart: Hashable, Sendable {
    case service(String)
    case traces(service: String)
    case config, sagas, feeds

    /// The metrics of a part, so that what nobody reads is not made.
    package var names: Set<String> {
        switch self {
        case .service: WatchedWorld.registry.metrics
        case .traces: WatchedWorld.traces.metrics
        case .config: WatchedWorld.config.metrics
        case .sagas: WatchedWorld.sagas.metrics
        case .feeds: ["feed_up", "feed_lag_seconds"]
        }
    }
}

extension WatchedWorld {
    /// Our own metrics that are made of it; what is scraped has names of its own.
    package var metrics: Set<String> {
        switch self {
        case .registry: ["registry_instances", "registry_instance_status", "registry_check_status"]
        case .traces:
            [
                "trace_duration_seconds_bucket", "trace_duration_seconds_sum",
                "trace_duration_seconds_count", "trace_errors_total",
            ]
        case .config:
            [
                "config_version", "config_drifted_instances",
                "config_last_change_timestamp_seconds",
            ]
        case .sagas:
            [
                "saga_instances", "saga_stuck_instances", "saga_oldest_age_seconds",
                "saga_transitions_total",
            ]
        case .metrics: []
        }
    }
}

/// Which metrics anybody reads.
package struct MetricInterest: Hashable, Sendable {
    /// Nil: any of them.
    package var names: Set<String>?

    package init(_ names: Set<String>?) { self.names = names }

    package func contains(_ name: String) -> Bool { names?.contains(name) ?? true }
    package func touches(_ part: MetricPart) -> Bool {
        names.map { !$0.isDisjoint(with: part.names) } ?? true
    }
}

extension World {
    /// Every part that has samples now.
    package var metricParts: [MetricPart] {
        registry.sickestFirst.map { .service($0.name) }
            + traces.services.map { .traces(service: $0) } + [.config, .sagas, .feeds]
    }

    /// The samples of a part, of those metrics that anybody reads.
    package func samples(of part: MetricPart, for interest: MetricInterest) -> [MetricSample] {
        guard interest.touches(part) else { return [] }
        return switch part {
        case .service(let name): registrySamples(of: name, interest)
        case .traces(let service): traces.samples(of: service)
        case .config: configSamples
        case .sagas: sagas.samples(at: now)
        case .feeds: feedSamples
        }
    }

    private func registrySamples(of name: String, _ interest: MetricInterest) -> [MetricSample] {
        guard let service = registry[name] else { return [] }
        let datacenter = { (feed: FeedID) in feeds[feed]?.source.datacenter }
        return
            (interest.contains("registry_instances")
            ? service.instanceSamples(datacenter: datacenter) : [])
            + (interest.contains("registry_instance_status")
                ? service.sickInstanceSamples(datacenter: datacenter) : [])
            + (interest.contains("registry_check_status") ? service.checkSamples : [])
    }

    private var feedSamples: [MetricSample] {
        feeds.all.flatMap { feed in
            let up = MetricSample("feed_up", ["feed": feed.source.id], feed.isBlind ? 0 : 1)
            guard feed.condition != .connecting else { return [MetricSample]() }
            guard let last = feed.lastAnswer else { return [up] }
            let lag = Double((now - last).milliseconds) / 1000
            return [up, MetricSample("feed_lag_seconds", ["feed": feed.source.id], lag)]
        }
    }
}
