// Sight: what the sources let rules see at a moment.
import Events
import WorldModel

/// Where a source is away, or has not answered yet, that a rule finds nothing says nothing: alerts that
/// may lie there stay as they are.
struct Sight {
    /// Kept only where something is dark.
    private var world = World()
    /// Worlds of which a source is away or awaited.
    private var dark: Set<WatchedWorld> = []
    /// By their label `instance`.
    private var failingTargets: Set<String> = []

    init() {}

    init(of world: World, failingTargets: Set<String>) {
        self.failingTargets = failingTargets
        // Of big engines and Alertmanagers nothing is scraped.
        for feed in world.feeds.all where feed.condition != .live {
            let (world, kind) = (feed.source.world, feed.source.kind)
            if world != .metrics || kind == .metrics { dark.insert(world) }
        }
        if !dark.isEmpty || !failingTargets.isEmpty { self.world = world }
    }

    /// Something that could not be seen can be now.
    func seesMore(than other: Sight) -> Bool {
        !other.dark.isSubset(of: dark) || !other.failingTargets.isSubset(of: failingTargets)
    }

    /// Whether series of `labels` may be missing from `metrics` (nil: from any) because nobody told them.
    func hides(_ labels: Labels, from metrics: Set<String>?) -> Bool {
        guard !dark.isEmpty || !failingTargets.isEmpty else { return false }
        return worlds(of: metrics).contains { hides(labels, in: $0) }
    }

    private func hides(_ labels: Labels, in world: WatchedWorld) -> Bool {
        switch world {
        case .registry:
            guard dark.contains(.registry) else { return false }
            guard let service = self.world.registry[labels["service"]] else { return true }
            return service.feeds.contains { self.world.feeds[$0]?.condition != .live }
        case .metrics:
            let instance = labels["instance"]
            guard !instance.isEmpty else {
                return dark.contains(.metrics) || !failingTargets.isEmpty
            }
            let isAwaited = self.world.feeds.all.contains {
                $0.source.kind == .metrics && $0.condition == .connecting
            }
            return isAwaited || failingTargets.contains(instance)
        case .config, .sagas, .traces: return dark.contains(world)
        }
    }

    /// The worlds that metrics are of; what is none of ours is scraped, or recorded from anything.
    private func worlds(of metrics: Set<String>?) -> Set<WatchedWorld> {
        let ours: [(MetricPart, WatchedWorld?)] = [
            (.service(""), .registry), (.config, .config), (.sagas, .sagas),
            (.traces(service: ""), .traces), (.feeds, nil),
        ]
        guard var rest = metrics else { return Set(WatchedWorld.allCases) }
        var worlds: Set<WatchedWorld> = []
        for (part, world) in ours where !rest.isDisjoint(with: part.names) {
            rest.subtract(part.names)
            if let world { worlds.insert(world) }
        }
        return rest.isEmpty ? worlds : Set(WatchedWorld.allCases)
    }
}
