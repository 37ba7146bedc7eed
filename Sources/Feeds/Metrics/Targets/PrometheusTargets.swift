// PrometheusTargets: the metrics that a target exposes for Prometheus, scraped as Prometheus does.
package import Events
package import Network

/// Scrapes one target, or every instance of a discovered service, be it sick, at a steady interval.
///
/// One scrape is one event, with the series in it that Prometheus adds: `up` and four more.
/// What cannot be read to its end is not taken at all: that scrape failed.
/// Sources: <https://prometheus.io/docs/instrumenting/exposition_formats/>,
/// <https://prometheus.io/docs/concepts/jobs_instances/>.
package actor PrometheusTargets: Feed {
    package nonisolated let source: FeedSource
    private let settings: FeedSettings
    private let client: any HTTPClient
    private let resolver: any ServiceResolver
    private let location: Location
    private let interval: Duration
    /// By the target's label `instance`.
    private var targets: [String: ScrapedTarget] = [:]
    /// The number of the next series that is new.
    private var nextNumber = 0
    private var schedule: ScrapeSchedule?

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        (self.settings, self.source, self.client) = (settings, source, client)
        self.resolver = resolver
        interval = settings.interval ?? .seconds(15)
        location = Location(settings.url)
    }

    package func run(_ output: any FeedOutput) async throws {
        let schedule = schedule ?? ScrapeSchedule(first: output.now, interval: interval)
        self.schedule = schedule
        while true {
            let began = schedule.moment(at: output.now)
            try await scrapeAll(at: began, output)
            try await output.pause(for: schedule.wait(after: began, at: output.now))
        }
    }

    /// Throws where no target could be read.
    private func scrapeAll(at began: Instant, _ output: any FeedOutput) async throws {
        let servers = await servers()
        for (instance, target) in targets where servers[instance] == nil {
            targets[instance] = nil
            await output.emit(.metrics(source.id, target.end(at: began)))
        }
        guard !servers.isEmpty else { throw FeedError.undiscovered(service: location.host) }
        var summary = ScrapeSummary()
        try await withThrowingTaskGroup(of: (String, TargetAnswer).self) { group in
            for (instance, server) in servers {
                group.addTask { (instance, await TargetAnswer(of: server)) }
            }
            for try await (instance, answer) in group {
                // Not answered because we are to end: that says nothing of the target.
                try Task.checkCancellation()
                let time = ScrapeTime(began: began, ended: output.now)
                let event = take(answer, of: instance, time, &summary)
                await output.emit(.metrics(source.id, event))
            }
        }
        if summary.targets == 0, let failure = summary.failures.first { throw failure }
        await output.answered(summary.note)
    }

    private func take(
        _ answer: TargetAnswer, of instance: String, _ time: ScrapeTime,
        _ summary: inout ScrapeSummary
    ) -> MetricEvent {
        // Taken out, so that it is changed in place.
        var target =
            targets.removeValue(forKey: instance)
            ?? ScrapedTarget(
                job: settings.job ?? settings.name, instance: instance,
                honorsOwn: settings.honorsLabels)
        defer { targets[instance] = target }
        do throws(FeedError) {
            let (event, count) = try answer.taken(by: &target, time, nextNumber: &nextNumber)
            summary.add(count)
            return event
        } catch {
            summary.failures.append(error)
            return target.fail(time, nextNumber: &nextNumber)
        }
    }

    /// The servers to ask, by their label `instance`; none where none is discovered.
    private func servers() async -> [String: Server] {
        guard location.scheme == "consul" else {
            return [location.host: server(settings)]
        }
        var servers: [String: Server] = [:]
        for address in await resolver.addresses(of: location.host, onlyPassing: false) {
            var settings = settings
            settings.url = "http://\(address)\(location.path)"
            servers[address] = server(settings)
        }
        return servers
    }

    private func server(_ settings: FeedSettings) -> Server {
        var settings = settings
        if location.path.isEmpty {
            settings.url += settings.url.hasSuffix("/") ? "metrics" : "/metrics"
        }
        var headers = [
            ("Accept", ExpositionFormat.accepted),
            ("X-Prometheus-Scrape-Timeout-Seconds", "\(settings.deadline / .seconds(1))"),
        ]
        if let token = settings.token {
            headers.append(("Authorization", "Bearer \(token.revealed)"))
        }
        return Server(settings, client: client, resolver: resolver, headers: headers)
    }
}
