// ServiceSentences: what is the matter with a service, in words, across all worlds.
import Drawing
import Events
import Wording
import WorldModel

enum ServiceSentences {
    /// `critical for 4m31s`.
    static func sum(_ scene: Scene) -> [Span] {
        guard let service = scene.subject.flatMap({ scene.world.registry[$0] }) else {
            return [Span("not registered", .muted)]
        }
        let health = scene.world.health(of: service)
        let since = onset(service) ?? service.changed
        let age = since.map { " for \(scene.age(since: $0))" } ?? ""
        return [Span("\(health.rawValue)\(age)", Style(health.role))]
    }

    static func of(_ scene: Scene) -> [Span] {
        guard let name = scene.subject else { return [] }
        return instances(name, scene) + traffic(name, scene) + sagas(name, scene)
            + config(name, scene)
    }

    /// Since when it has been sick.
    private static func onset(_ service: Service) -> Instant? {
        service.instances.lazy.filter { $0.told.health.isSick }.compactMap(\.since).min()
    }

    private static func instances(_ name: String, _ scene: Scene) -> [Span] {
        guard let service = scene.world.registry[name] else {
            return [Span("No registry knows it.", .muted)]
        }
        let total = service.instances.count
        let sick: [(Int, Health)] = [
            (service.critical, .critical), (service.warning, .warning),
            (service.unknown, .unknown), (service.maintenance, .maintenance),
        ]
        var spans: [Span] = []
        if scene.world.health(of: service) == .unknown {
            spans = [Span("The registry is blind: this is its last answer.", .progress)]
        }
        let parts = sick.filter { $0.0 > 0 }
        if parts.isEmpty, total == 1 {
            return spans + [Span("Its only instance passes.", .muted)]
        }
        if parts.isEmpty {
            return spans + [Span("All \(counted(total, "instance")) pass.", .muted)]
        }
        for (index, (count, health)) in parts.enumerated() {
            let word = health == .maintenance ? "in maintenance" : health.rawValue
            let words =
                index == 0
                ? "\(grouped(count)) of \(counted(total, "instance")) \(word)"
                : ", \(grouped(count)) \(word)"
            spans.append(Span(words, Style(health.role, bold: index == 0)))
        }
        return spans + [Span("\(zones(service)).", .text)]
    }

    /// ` (zone b)` where all that are critical stand in one zone of several.
    private static func zones(_ service: Service) -> String {
        let all = Set(service.instances.compactMap(\.told.zone))
        let hit = Set(
            service.instances.filter { $0.told.health == .critical }.compactMap(\.told.zone))
        guard all.count > 1, let zone = hit.first else { return "" }
        return hit.count == 1 ? "(zone \(zone.firstLine))" : "(\(hit.count) of \(all.count) zones)"
    }

    private static func traffic(_ name: String, _ scene: Scene) -> [Span] {
        guard let traffic = scene.world.traces.traffic[name],
            let percent = traffic.summary.errorPercent
        else { return [] }
        let isBad = percent >= 1
        let style: Style = percent >= 5 ? .critical : isBad ? .warning : .muted
        var spans = [
            Span(Wording.percent(percent), isBad ? style.bold : style),
            Span("of calls fail", .text),
        ]
        let base = TrafficColumns.usual(traffic.p99s)
        let isSlow = base > 0 && Double(traffic.summary.p99 ?? 0) >= base * 3
        if isSlow, let p99 = traffic.summary.p99 {
            let words = "p99 \(latency(microseconds: p99)), usually "
            spans += [
                Span(";", .text), Span(words + latency(microseconds: Int64(base)), .warning),
            ]
        }
        if isBad || isSlow { spans += callers(name, scene) }
        return spans + [Span(".", .text)]
    }

    /// `; order and gateway wait for it`.
    private static func callers(_ name: String, _ scene: Scene) -> [Span] {
        let callers = scene.world.callers(of: name).prefix(3).map(\.caller.firstLine)
        guard let last = callers.last else { return [] }
        let others = callers.dropLast().joined(separator: ", ")
        let names = others.isEmpty ? last : "\(others) and \(last)"
        let verb = callers.count == 1 ? "waits" : "wait"
        return [Span(";", .text), Span(names, .warning), Span("\(verb) for it", .text)]
    }

    private static func sagas(_ name: String, _ scene: Scene) -> [Span] {
        guard let load = scene.world.sagas.loads[name] else { return [] }
        let parts: [(Int, String, Style)] = [
            (load.stuck, "stuck", .critical), (load.failed, "failed", .critical),
            (load.compensating, "compensating", .progress),
        ]
        return parts.filter { $0.0 > 0 }.flatMap { count, word, style in
            [Span("\(counted(count, "saga")) \(word)", style.bold), Span(".", .text)]
        }
    }

    private static func config(_ name: String, _ scene: Scene) -> [Span] {
        guard let key = scene.world.config.of(name, in: scene.world.environment).first else {
            return []
        }
        let drifted = scene.world.drifted(key)
        var spans: [Span] = []
        if let first = drifted.first {
            let who =
                drifted.count == 1
                ? "\(first.instance.firstLine) does not run"
                : "\(grouped(drifted.count)) instances do not run"
            spans = [Span("\(who) \(key.versionName)", .warning), Span(".", .text)]
        }
        return moment(of: key, name, scene) + spans
    }

    /// `Config v42 came 5 s before.`, or how long ago where nothing is sick.
    private static func moment(
        of key: Configuration, _ name: String, _ scene: Scene
    ) -> [Span] {
        guard let changed = key.changed, scene.now - changed < .seconds(3600) else { return [] }
        let onset = scene.world.registry[name].flatMap(onset)
        let when: String
        if let onset, onset >= changed {
            when = "\((onset - changed).inWords) before"
        } else {
            when = "\(scene.age(since: changed)) ago"
        }
        return [
            Span("Config", .text), Span(key.versionName.firstLine, .warning),
            Span("came \(when).", .text),
        ]
    }
}
