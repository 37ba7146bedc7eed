// FleetHealth: what the parts of the world mean together.
package import Events

/// An instance and the configuration version it says it runs.
package struct RunningVersion: Sendable, Equatable {
    package var instance: String
    package var version: String
}

extension World {
    /// The health of a service, unknown where every registry that told of it is stale or lost.
    package func health(of service: Service) -> Health {
        service.feeds.allSatisfy(feeds.isBlind) ? .unknown : service.health
    }

    /// The worst of the services, of the sagas and of what fires; unknown where nothing is known.
    package var health: Health {
        if alerts.worst == .critical { return .critical }
        var worst = Health.passing
        for service in registry.sickestFirst {
            worst = max(worst, health(of: service))
            if worst == .critical { return .critical }
        }
        if sagas.all.contains(where: { $0.stuck != nil || $0.saga.state == .failed }) {
            return .critical
        }
        if alerts.worst == .warning { worst = max(worst, .warning) }
        let nothingIsKnown = !feeds.all.isEmpty && feeds.all.allSatisfy { $0.condition != .live }
        return nothingIsKnown ? max(worst, .unknown) : worst
    }

    /// Whether what an alert is about cannot be seen now: it stands as it was.
    package func hasNoData(_ alert: AlertRecord) -> Bool {
        if let feed = alert.feed { return feeds.isBlind(feed) }
        if let rule = alerts.rule(alert.rule) {
            // It has looked since, and could not see what the alert is about.
            if alert.state != .resolved, let looked = rule.evaluated, looked > alert.evaluated {
                return true
            }
            if darkWorlds.contains(where: { !$0.metrics.isDisjoint(with: rule.reads) }) {
                return true
            }
        }
        guard let service = registry[alert.labels["service"]] else { return false }
        return health(of: service) == .unknown
    }

    /// Those of which every source is stale or lost.
    private var darkWorlds: [WatchedWorld] {
        guard feeds.all.contains(where: \.isBlind) else { return [] }
        let seen = feeds.all.filter { !$0.isBlind }.map(\.source.world)
        return feeds.all.map(\.source.world).filter { !seen.contains($0) }
    }

    /// Which instance runs which version of a key, where the instances say it.
    ///
    /// A service with keys for several environments is taken to run the session's one; where the
    /// session names none of them, an instance belongs to the key whose version it names.
    package func running(_ configuration: Configuration) -> [RunningVersion] {
        guard let name = configuration.entry.service, let service = registry[name] else {
            return []
        }
        // A key of which nothing may be read is a secret beside the configuration, and no other one.
        let siblings = config.of(name, in: environment).filter {
            $0.entry.key == configuration.entry.key || $0.isReadable
        }
        let isOnly = siblings.count == 1
        let isOurs = configuration.entry.environment == environment
        let someIsOurs = siblings.contains { $0.entry.environment == environment }
        return service.instances.compactMap { instance in
            guard let version = instance.told.configVersion else { return nil }
            let belongs =
                isOnly || isOurs || !someIsOurs && configuration.isRunning(version)
            guard belongs else { return nil }
            return RunningVersion(instance: instance.told.instanceID, version: version)
        }
    }

    /// Instances that run another version than the key has.
    package func drifted(_ configuration: Configuration) -> [RunningVersion] {
        running(configuration).filter { !configuration.isRunning($0.version) }
    }

    /// Who calls `service`, the busiest first.
    package func callers(of service: String) -> [ServiceCall] {
        traces.calls.filter { $0.callee == service }.sorted { $0.calls > $1.calls }
    }

    /// Whom `service` calls, the busiest first.
    package func callees(of service: String) -> [ServiceCall] {
        traces.calls.filter { $0.caller == service }.sorted { $0.calls > $1.calls }
    }
}
