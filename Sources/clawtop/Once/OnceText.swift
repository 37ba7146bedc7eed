// OnceText: the world as lines of plain words, for people, pipes and screen readers.
import Events
import Wording
import WorldModel

/// Writes a world as text: one thing a line, the sick first, no colour, no box.
struct OnceText {
    let world: World
    let window: Duration

    var text: String {
        let sections = [
            [headline], section("alerts", alerts), section("feeds", feeds),
            section("services", services),
            section("config", configurations), section("sagas", sagas),
            section("traces, \(window.milliseconds / 1000)s", operations),
        ]
        return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
            .joined(separator: "\n\n") + "\n"
    }

    private var headline: String {
        let name = world.environment.isEmpty ? "" : " \(world.environment.harmless)"
        let clock = world.now.timestamp
        return "clawtop\(name) at \(clock): \(world.health.onceWord)"
    }

    private func section(_ title: String, _ rows: [[String]]) -> [String] {
        rows.isEmpty ? [] : ["\(title):"] + aligned(rows)
    }

    private var alerts: [[String]] {
        world.alerts.all.filter { $0.state != .resolved }.map { alert in
            let labels = alert.labels.pairs.filter {
                $0.name != "alertname" && $0.name != "severity"
            }
            return [
                alert.name, alert.state.rawValue, alert.severity.rawValue,
                labels.map { "\($0.name)=\($0.value)" }.joined(separator: " "),
                alert.annotations["summary"],
            ]
        }
    }

    private var feeds: [[String]] {
        world.feeds.all.map { feed in
            [
                feed.source.id, feed.condition.rawValue, feed.source.address,
                feed.reason.isEmpty ? feed.note : feed.reason,
            ]
        }
    }

    private var services: [[String]] {
        world.registry.sickestFirst.flatMap { service in
            [
                [
                    service.name, world.health(of: service).rawValue,
                    "\(service.up)/\(service.instances.count)", "",
                ]
            ] + service.instances.filter { $0.told.health != .passing }.map(sick)
        }
    }

    private func sick(_ instance: Instance) -> [String] {
        let check = instance.told.checks.filter { $0.status != .passing }
            .max { $0.status < $1.status }
        let output = check.map { "\($0.name): \($0.output.isEmpty ? "no output yet" : $0.output)" }
        return [
            "  \(instance.told.instanceID)", instance.told.health.rawValue, instance.told.address,
            output ?? "",
        ]
    }

    private var configurations: [[String]] {
        world.config.all.map { configuration in
            var counts: [String: Int] = [:]
            for running in world.running(configuration) { counts[running.version, default: 0] += 1 }
            let running = counts.sorted { $0.value > $1.value }
                .map { "\($0.value) run \($0.key)" }
            return [
                configuration.entry.key, configuration.versionName,
                running.joined(separator: ", "),
            ]
        }
    }

    private var sagas: [[String]] {
        world.sagas.all.map { entry in
            [
                entry.saga.id, entry.saga.name,
                entry.stuck == nil ? entry.saga.state.rawValue : "stuck",
                entry.stuck ?? entry.saga.engineState,
            ]
        }
    }

    private var operations: [[String]] {
        world.traces.rows(over: window, at: world.now).map { row in
            let percent = row.summary.errorPercent ?? 0
            let tenths = Int((percent * 10).rounded())
            return [
                row.key.service, row.key.operation, row.key.kind.rawValue,
                "\(row.summary.count)", "\(tenths / 10).\(tenths % 10)% errors",
                "p50 \(latency(row.summary.p50))", "p95 \(latency(row.summary.p95))",
                "p99 \(latency(row.summary.p99))",
            ]
        }
    }

    private func latency(_ microseconds: Int64?) -> String {
        guard let microseconds else { return "–" }
        return "\(microseconds / 1000).\(microseconds / 100 % 10)ms"
    }
}
