// SightTests: what rules may conclude from finding nothing.
import Events
import TestKit
import Testing
import WorldModel

@testable import Engine

struct SightTests {
    private var world = World()
    private let instances: Set = ["registry_instances"]

    init() {
        tell(
            .started(
                SessionStart(environment: "", feeds: FeedSource.usual, traceWindow: .seconds(60))))
        for feed in FeedSource.usual { tell(.answered(feed.id)) }
        tell(.listed("cart: a passing"))
    }

    private mutating func tell(_ event: Event) {
        world.apply(Envelope(sequence: 1, at: .second(1), event: event))
    }

    private func hides(
        _ labels: [String: String], from metrics: Set<String>?, failing: Set<String> = []
    ) -> Bool {
        Sight(of: world, failingTargets: failing).hides(Labels(labels), from: metrics)
    }

    @Test func `where every source answers, what is not found is not there`() {
        #expect(!hides(["service": "cart"], from: instances))
        #expect(!hides([:], from: nil))
    }

    @Test mutating func `a registry that is away hides its services, and no trace`() {
        tell(.lost("consul/registry", "refused"))
        #expect(hides(["service": "cart"], from: instances))
        #expect(hides(["service": "never seen"], from: instances))
        #expect(!hides(["service": "cart"], from: ["trace_errors_total"]))
        #expect(!hides(["feed": "consul/registry"], from: ["feed_up"]))
        // Recorded from anything, or read from anything.
        #expect(hides([:], from: ["job:up:sum"]))
        #expect(hides([:], from: nil))
    }

    @Test func `a target that cannot be scraped hides its own series, and sums over all`() {
        #expect(hides(["instance": "a:1"], from: ["up"], failing: ["a:1"]))
        #expect(!hides(["instance": "b:1"], from: ["up"], failing: ["a:1"]))
        #expect(hides(["job": "node"], from: ["up"], failing: ["a:1"]))
        #expect(!hides(["service": "cart"], from: instances, failing: ["a:1"]))
    }

    @Test mutating func `a source that answers again shows more`() {
        let before = Sight(of: world, failingTargets: ["a:1"])
        #expect(Sight(of: world, failingTargets: []).seesMore(than: before))
        tell(.lost("consul/registry", "refused"))
        let blind = Sight(of: world, failingTargets: [])
        #expect(!blind.seesMore(than: Sight(of: world, failingTargets: [])))
        tell(.answered("consul/registry"))
        #expect(Sight(of: world, failingTargets: []).seesMore(than: blind))
    }
}
