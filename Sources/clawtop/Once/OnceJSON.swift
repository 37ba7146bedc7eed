// OnceJSON: the world as `clawtop once --format json` prints it; its fields are an interface.
import Events
import Wording
import WorldModel

/// Writes a world as JSON; what is not known is absent or `unknown`, never 0.
struct OnceJSON {
    let world: World
    /// The window of the traces.
    let window: Duration

    var text: String {
        JSONText.object([
            ("time", .moment(world.now)),
            ("environment", .string(world.environment)),
            ("health", .string(world.health.onceWord)),
            ("feeds", .array(world.feeds.all.map(feed))),
            ("services", .array(world.registry.sickestFirst.map(service))),
            ("config", .array(world.config.all.map(configuration))),
            ("sagas", .array(world.sagas.all.map(saga))),
            (
                "traces",
                .array(world.traces.rows(over: window, at: world.now).map(operation))
            ),
            ("alerts", .array(world.alerts.all.map(alert))),
            ("problems", .array(world.ruleTroubles.map(JSONText.string))),
        ]).text + "\n"
    }

    private func feed(_ feed: FeedState) -> JSONText {
        .object([
            ("name", .string(feed.source.name)),
            ("kind", .string(feed.source.kind.rawValue)),
            ("world", .string(feed.source.world.rawValue)),
            ("state", .string(feed.condition.rawValue)),
            ("since", .moment(feed.since)),
            ("age_seconds", feed.lastAnswer.map { .seconds(world.now - $0) }),
            ("message", .string(feed.reason.isEmpty ? feed.note : feed.reason)),
        ])
    }

    private func service(_ service: Service) -> JSONText {
        .object([
            ("name", .string(service.name)),
            ("health", .string(world.health(of: service).rawValue)),
            ("instances", .array(service.instances.map(instance))),
        ])
    }

    private func instance(_ instance: Instance) -> JSONText {
        let told = instance.told
        let health = world.feeds.isBlind(instance.feed) ? Health.unknown : told.health
        return .object([
            ("id", .string(told.instanceID)),
            ("node", .known(told.node)),
            ("address", .known(told.address)),
            ("zone", told.zone.map(JSONText.string)),
            ("version", told.version.map(JSONText.string)),
            ("health", .string(health.rawValue)),
            ("since", instance.since.map(JSONText.moment)),
            ("checks", .array(told.checks.map(check))),
        ])
    }

    private func check(_ check: Check) -> JSONText {
        .object([
            ("id", .string(check.id)),
            ("name", .string(check.name)),
            ("status", .string(check.status.rawValue)),
            ("output", .string(check.output)),
        ])
    }

    private func configuration(_ configuration: Configuration) -> JSONText {
        let entry = configuration.entry
        let source = world.feeds[configuration.feed]?.source.name ?? configuration.feed
        let running = world.running(configuration)
        return .object([
            ("source", .string(source)),
            ("key", .string(entry.key)),
            ("service", entry.service.map(JSONText.string)),
            ("environment", entry.environment.map(JSONText.string)),
            ("version", .string(entry.version)),
            ("label", entry.label.map(JSONText.string)),
            ("changed", configuration.changed.map(JSONText.moment)),
            ("digest", .string(entry.digest)),
            (
                "running",
                .array(
                    running.map {
                        .object([
                            ("instance", .string($0.instance)), ("version", .string($0.version)),
                        ])
                    })
            ),
        ])
    }

    private func saga(_ entry: SagaEntry) -> JSONText {
        let saga = entry.saga
        let steps = world.sagas.steps(of: saga)
        return .object([
            ("engine", .string(world.feeds[entry.feed]?.source.name ?? entry.feed)),
            ("id", .string(saga.id)),
            ("name", .string(saga.name)),
            ("state", .string(saga.state.rawValue)),
            ("engine_state", .string(saga.engineState)),
            ("step", steps.last.map { .string($0.name) }),
            ("steps", steps.isEmpty ? nil : .integer(Int64(steps.count))),
            ("started", saga.started.map(JSONText.moment)),
            ("age_seconds", saga.started.map { .seconds(world.now - $0) }),
            ("stuck", .bool(entry.stuck != nil)),
            ("reason", entry.stuck.map(JSONText.string)),
        ])
    }

    private func alert(_ alert: AlertRecord) -> JSONText {
        .alert(
            alert, in: world, evaluated: alert.evaluated, hasNoData: world.hasNoData(alert))
    }

    private func operation(_ row: LatencyRow) -> JSONText {
        .object([
            ("service", .string(row.key.service)),
            ("operation", .string(row.key.operation)),
            ("kind", .string(row.key.kind.rawValue)),
            ("window_seconds", .seconds(window)),
            ("count", .integer(Int64(row.summary.count))),
            ("errors", .integer(Int64(row.summary.errors))),
            ("p50_ms", row.summary.p50.map(JSONText.milliseconds)),
            ("p95_ms", row.summary.p95.map(JSONText.milliseconds)),
            ("p99_ms", row.summary.p99.map(JSONText.milliseconds)),
        ])
    }
}

extension Health {
    /// The fleet's health in the words of the monitoring plugins.
    var onceWord: String {
        switch self {
        case .passing, .maintenance: "ok"
        case .unknown: "unknown"
        case .warning: "warning"
        case .critical: "critical"
        }
    }
}
