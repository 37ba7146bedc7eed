// WorldBenchmark: a large fleet folded, and one frame of it drawn.
import Drawing
import Events
import Panes
import WorldModel

struct WorldBenchmark {
    private static let feed = FeedSource(
        name: "consul", kind: .consul, world: .registry, address: "10.0.0.1:8500")

    func lines() -> [String] {
        var world = World()
        apply(
            .started(
                SessionStart(
                    environment: "production", feeds: [Self.feed], traceWindow: .seconds(900))),
            to: &world)
        let all = (0..<10_000).map { listing($0, isSick: $0 % 100 == 0) }
        let first = measured { apply(.registry(Self.feed.id, .listed(all)), to: &world) }
        var changes: [Duration] = []
        for round in 0..<20 {
            let some = (0..<50).map { listing($0 * 200 + round, isSick: round % 2 == 0) }
            changes.append(
                measured { apply(.registry(Self.feed.id, .changed(some, gone: [])), to: &world) })
        }
        return [
            "the whole list folded       \(first.text.right(11))",
            "50 changed services folded  \(changes.median.text.right(11))",
            "a frame of 160×50 anew      \(frame(of: world, isAnew: true).text.right(11))",
            "a frame of 160×50 again     \(frame(of: world, isAnew: false).text.right(11))",
        ]
    }

    /// Anew: nothing is kept of the frame before.
    private func frame(of world: World, isAnew: Bool) -> Duration {
        var ui = UIState()
        ui.look(at: world)
        var memory = PaintMemory()
        let times = (0..<50).map { _ in
            if isAnew { memory = PaintMemory() }
            return measured { _ = Screen.draw(world, ui, size: Size(160, 50), memory: memory) }
        }
        return times.median
    }

    private func apply(_ event: Event, to world: inout World) {
        world.apply(
            Envelope(sequence: 1, at: Instant(milliseconds: 1_700_000_000_000), event: event))
    }

    private func listing(_ number: Int, isSick: Bool) -> ServiceListing {
        let name = "service-\(number)"
        let instances = (0..<3).map { place in
            let health = isSick && place == 0 ? Health.critical : .passing
            return ServiceInstance(
                id: "\(name)-\(place)", service: name, node: "node-\(number % 500)",
                address: "10.0.0.\(place):8080", health: health,
                checks: [Check(id: "http", name: "http", status: health, output: "HTTP 200")])
        }
        return ServiceListing(service: name, instances: instances)
    }
}
