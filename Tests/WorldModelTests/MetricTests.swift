import Events
import Foundation
import TestKit
import Testing

@testable import WorldModel

struct MetricTests {
    private func samples(
        of part: MetricPart, in world: World, reading names: Set<String>? = nil
    ) -> [String: Double] {
        var result: [String: Double] = [:]
        for sample in world.samples(of: part, for: MetricInterest(names)) {
            let labels = sample.labels.pairs.filter { $0.name != Labels.nameLabel }
            let text = labels.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            result["\(sample.labels.metricName) \(text)"] = sample.value
        }
        return result
    }

    @Test func `a service is counted by health, zeros included, and only what is read is made`() {
        let world = world(
            watching: [FeedSource.usual[0]], [(1, .listed("cart: a passing, b critical"))])
        let read: Set = ["registry_instances"]
        #expect(
            samples(of: .service("cart"), in: world, reading: read) == [
                "registry_instances service=cart status=passing": 1,
                "registry_instances service=cart status=warning": 0,
                "registry_instances service=cart status=critical": 1,
            ])
        #expect(samples(of: .service("cart"), in: world, reading: ["up"]).isEmpty)
        #expect(samples(of: .service("gone"), in: world).isEmpty)
    }

    @Test func `instances are counted in the datacenter of their registry, where that is known`() {
        var far = FeedSource.usual[0]
        (far.name, far.datacenter) = ("far", "dc2")
        let world = world(
            watching: [FeedSource.usual[0], far],
            [
                (1, .listed("cart: a passing")),
                (
                    1,
                    .registry(
                        far.id,
                        .listed([
                            ServiceListing(
                                service: "cart",
                                instances: [
                                    ServiceInstance(id: "b", service: "cart", health: .passing)
                                ])
                        ]))
                ),
            ])
        let samples = samples(of: .service("cart"), in: world)
        #expect(samples["registry_instances service=cart status=passing"] == 1)
        #expect(samples["registry_instances datacenter=dc2 service=cart status=passing"] == 1)
        #expect(samples["registry_instances datacenter=dc2 service=cart status=critical"] == 0)
    }

    @Test func `instances of one id on two nodes are two`() {
        let instances = ["n1", "n2"].map { node in
            ServiceInstance(
                id: "web", service: "web", node: node, health: .critical,
                checks: [
                    Check(
                        id: "ttl", name: "ttl", status: node == "n1" ? .passing : .critical,
                        output: "")
                ]
            )
        }
        let world = world([
            (
                1,
                .registry(
                    "consul/registry",
                    .listed([ServiceListing(service: "web", instances: instances)]))
            )
        ])
        let samples = samples(of: .service("web"), in: world)
        for (node, status) in [("n1", 0.0), ("n2", 2)] {
            let place = "instance=web node=\(node) service=web"
            #expect(samples["registry_instance_status \(place) status=critical"] == 1)
            #expect(samples["registry_check_status check=ttl \(place)"] == status)
        }
    }

    @Test func `a blind feed is down, and its lag grows`() {
        let id = FeedSource.usual[0].id
        let world = world(
            watching: [FeedSource.usual[0]],
            [
                (1, .answered(id)), (3, .feed(id, .lost(reason: "x", retryIn: .zero, requests: 1))),
                (11, .tick),
            ])
        #expect(
            samples(of: .feeds, in: world) == [
                "feed_up feed=\(id)": 0, "feed_lag_seconds feed=\(id)": 10,
            ])
    }

    @Test func `a span counts once, however often it is told, and only where the work was done`() {
        func span(_ id: UInt64, _ kind: SpanKind, _ milliseconds: Int64, isError: Bool = false)
            -> SpanRecord
        {
            SpanRecord(
                id: id, service: "pay", operation: "charge", kind: kind,
                start: Instant(milliseconds: 1000), durationMicroseconds: milliseconds * 1000,
                isError: isError)
        }
        let feed = "zipkin/traces"
        let world = world(
            watching: [FeedSource.usual[3]],
            [
                (1, .traces(feed, .observed([span(1, .server, 80)], replaced: []))),
                (
                    2,
                    .traces(
                        feed,
                        .observed(
                            [
                                span(1, .server, 80), span(2, .server, 2000, isError: true),
                                span(3, .client, 9000),
                            ], replaced: [1]))
                ),
            ])
        let samples = samples(of: .traces(service: "pay"), in: world)
        let labels = "operation=charge service=pay"
        #expect(samples["trace_duration_seconds_count \(labels)"] == 2)
        #expect(samples["trace_errors_total \(labels)"] == 1)
        #expect(samples["trace_duration_seconds_bucket le=0.05 \(labels)"] == 0)
        #expect(samples["trace_duration_seconds_bucket le=0.1 \(labels)"] == 1)
        #expect(samples["trace_duration_seconds_bucket le=+Inf \(labels)"] == 2)
    }

    @Test func `sagas are counted by state, and their transitions while we watch`() {
        func saga(_ id: String, _ state: SagaState) -> Saga {
            Saga(
                id: id, name: "order", state: state, engineState: "x",
                started: Instant(milliseconds: 0))
        }
        let feed = FeedSource.usual[2].id
        let world = world(
            watching: [FeedSource.usual[2]],
            [
                (1, .sagas(feed, .changed([saga("1", .running), saga("2", .running)]))),
                (5, .sagas(feed, .changed([saga("1", .failed), saga("3", .running)]))),
            ])
        let samples = samples(of: .sagas, in: world)
        #expect(samples["saga_instances saga=order status=running"] == 2)
        #expect(samples["saga_instances saga=order status=failed"] == 1)
        #expect(samples["saga_instances saga=order status=compensating"] == 0)
        #expect(samples["saga_transitions_total saga=order status=failed"] == 1)
        #expect(samples["saga_transitions_total saga=order status=running"] == 1)
    }

    @Test func `transitions of a kind of saga count from 0, and what had failed before is none`() {
        let feed = FeedSource.usual[2].id
        let failed = Saga(
            id: "1", name: "order", state: .failed, engineState: "x",
            started: Instant(milliseconds: 0))
        let world = world(
            watching: [FeedSource.usual[2]], [(1, .sagas(feed, .listed([failed])))])
        let samples = samples(of: .sagas, in: world)
        for status in ["running", "compensating", "failed"] {
            #expect(samples["saga_transitions_total saga=order status=\(status)"] == 0)
        }
    }

    @Test func `every sample's name stands in the table`() {
        let known = Set(
            MetricTable.all.flatMap { metric in
                metric.kind == .histogram
                    ? ["_bucket", "_sum", "_count"].map { metric.name + $0 } : [metric.name]
            })
        let made = [MetricPart.service(""), .traces(service: ""), .config, .sagas, .feeds]
            .reduce(into: Set<String>()) { $0.formUnion($1.names) }
        #expect(made == known)
    }
}

extension MetricTests {
    @Test func `the README has the table of metrics`() throws {
        let readme = try String(
            contentsOf: URL(filePath: #filePath).appending(path: "../../../README.md").standardized,
            encoding: .utf8)
        let table = "<!-- metrics -->\n\(MetricTable.markdown)\n<!-- /metrics -->"
        #expect(readme.contains(table))
    }
}
