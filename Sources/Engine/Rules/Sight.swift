// Sight: what the sources let rules see at a moment.
import Alerting
import Events
import PromQL
import WorldModel

/// Where a source is away, or has not answered yet, that a rule finds nothing says nothing: alerts that
/// may lie there stay as they are.
struct Sight {
    /// Kept only where something is dark.
    private var world = World()
    /// Worlds of which a source is away or awaited.
    private var dark: Set<WatchedWorld> = []
    /// The metrics that they had, by their label `instance`.
    private var failingTargets: [String: Set<String>] = [:]
    private var recorded = RecordedMetrics()

    init() {}

    init(
        of world: World, failingTargets: [String: Set<String>],
        recorded: RecordedMetrics = RecordedMetrics()
    ) {
        (self.failingTargets, self.recorded) = (failingTargets, recorded)
        dark = Set(
            world.feeds.all.filter { $0.condition != .live && !$0.isOneTarget }
                .map(\.source.world))
        if !dark.isEmpty { self.world = world }
    }

    /// Something that could not be seen can be now.
    func seesMore(than other: Sight) -> Bool {
        !other.dark.isSubset(of: dark)
            || other.failingTargets.keys.contains { failingTargets[$0] == nil }
    }

    /// Whether series of `labels` may be missing from `metrics` (nil: from any) because nobody told them.
    func hides(_ labels: Labels, from metrics: Set<String>?) -> Bool {
        guard !dark.isEmpty || !failingTargets.isEmpty else { return false }
        let reading = Reading(recorded.origins(of: metrics))
        if dark.contains(.registry), reading.worlds.contains(.registry), hides(labels["service"]) {
            return true
        }
        if !dark.subtracting([.registry]).isDisjoint(with: reading.worlds) { return true }
        let instance = labels["instance"]
        return failingTargets.contains { target, had in
            (instance.isEmpty || target == instance) && reading.isFed(by: had)
        }
    }

    private func hides(_ name: String) -> Bool {
        guard let service = world.registry[name] else { return true }
        return service.feeds.contains { world.feeds[$0]?.condition != .live }
    }
}

/// What a rule reads.
private struct Reading {
    private(set) var worlds: Set<WatchedWorld> = []
    /// What is none of our own metrics is scraped; nil: any.
    private var scraped: Set<String>?

    init(_ metrics: Set<String>?) {
        guard var rest = metrics else {
            worlds = Set(WatchedWorld.allCases)
            return
        }
        for world in WatchedWorld.allCases where !rest.isDisjoint(with: world.metrics) {
            rest.subtract(world.metrics)
            worlds.insert(world)
        }
        rest.subtract(MetricPart.feeds.names)
        if !rest.isEmpty { worlds.insert(.metrics) }
        scraped = rest
    }

    func isFed(by metrics: Set<String>) -> Bool {
        scraped.map { !$0.isDisjoint(with: metrics) } ?? !metrics.isEmpty
    }
}

extension FeedState {
    /// Away, it is a failing target and no more; nor do big engines and Alertmanagers feed our series.
    fileprivate var isOneTarget: Bool {
        guard source.world == .metrics else { return false }
        let isDiscovered = source.address.hasPrefix("consul://")
        return source.kind != .metrics || condition != .connecting && !isDiscovered
    }
}

/// What rules read in the end: recorded metrics stand for those that they are made of.
struct RecordedMetrics {
    private var sources: [String: Set<String>?] = [:]

    init(_ groups: [RuleGroup] = []) {
        for case .recording(let rule) in groups.flatMap(\.rules) {
            let read = rule.expression.metricNames
            if let known = sources[rule.name] {
                sources[rule.name] = known.flatMap { known in read.map(known.union) }
            } else {
                sources[rule.name] = read
            }
        }
    }

    /// Nil stands for anything; what the rules write of alerts is never missing.
    func origins(of metrics: Set<String>?) -> Set<String>? {
        guard let metrics else { return nil }
        var (left, origins, seen) = (Array(metrics), Set<String>(), Set<String>())
        while let name = left.popLast() {
            guard seen.insert(name).inserted, !["ALERTS", "ALERTS_FOR_STATE"].contains(name) else {
                continue
            }
            switch sources[name] {
            case .some(.some(let read)): left += read
            case .some(.none): return nil
            case .none: origins.insert(name)
            }
        }
        return origins
    }
}
