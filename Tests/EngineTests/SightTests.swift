// SightTests: what rules may conclude from finding nothing.
import Alerting
import Events
import PromQL
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
        _ labels: [String: String], from metrics: Set<String>?,
        failing: [String: Set<String>] = [:]
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
        #expect(!hides(["instance": "a:1"], from: ["heat"]))
        #expect(hides([:], from: nil))
    }

    @Test func `a target that cannot be scraped hides what it had, and sums over it`() {
        let failing: [String: Set<String>] = ["a:1": ["heat"], "gone:1": []]
        #expect(hides(["instance": "a:1"], from: ["heat"], failing: failing))
        #expect(!hides(["instance": "b:1"], from: ["heat"], failing: failing))
        #expect(hides(["job": "node"], from: ["heat"], failing: failing))
        #expect(!hides(["job": "node"], from: ["cold"], failing: failing))
        #expect(!hides(["instance": "a:1"], from: ["up"], failing: failing))
        #expect(!hides(["service": "cart"], from: instances, failing: failing))
    }

    @Test mutating func `a target that is away hides no more than that, one that is awaited all`() {
        let oven = FeedSource(
            name: "oven", kind: .metrics, world: .metrics, address: "http://oven:9100")
        tell(
            .started(
                SessionStart(environment: "", feeds: [oven], traceWindow: .seconds(60))))
        #expect(hides([:], from: ["heat"]))
        tell(.lost(oven.id, "refused"))
        #expect(!hides([:], from: ["heat"]))
    }

    @Test func `what is recorded stands for what it is made of`() throws {
        func rule(_ name: String, _ expression: String) throws -> Rule {
            .recording(RecordingRule(name: name, expression: try Expression.parse(expression)))
        }
        let recorded = RecordedMetrics([
            RuleGroup(
                name: "g", file: "f",
                rules: [
                    try rule("b", "sum(a) + c"), try rule("c", "rate(trace_errors_total[5m])"),
                    try rule("any", "{job=\"x\"}"), try rule("loop", "loop + 1"),
                ])
        ])
        #expect(recorded.origins(of: ["b", "ALERTS"]) == ["a", "trace_errors_total"])
        #expect(recorded.origins(of: ["any"]) == nil)
        #expect(recorded.origins(of: ["loop"]) == [])
    }

    @Test mutating func `a source that answers again shows more`() {
        let before = Sight(of: world, failingTargets: ["a:1": ["heat"]])
        #expect(Sight(of: world, failingTargets: [:]).seesMore(than: before))
        tell(.lost("consul/registry", "refused"))
        let blind = Sight(of: world, failingTargets: [:])
        #expect(!blind.seesMore(than: Sight(of: world, failingTargets: [:])))
        tell(.answered("consul/registry"))
        #expect(Sight(of: world, failingTargets: [:]).seesMore(than: blind))
    }
}
