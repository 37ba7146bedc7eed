// The world of the night in question, for all tests of this room.
import Drawing
import Events
import TestKit
import WorldModel

@testable import Panes

extension Size {
    static let small = Size(80, 24)
    static let large = Size(160, 50)
    static let folded = Size(40, 10)
}

/// An order fleet in which the payments fail since their configuration changed.
func incident(then more: [(second: Int, event: Event)] = []) -> World {
    var script: [(second: Int, event: Event)] = [
        (1, .registry("consul/registry", .listed(Fleet.healthy))),
        (1, .config("consul/config", .listed([Fleet.config(timeout: "2000", version: 41)]))),
        (1, .answered("consul/registry", "14 instances")),
        (1, .answered("consul/config", "1 key")), (1, .answered("lra/sagas", "3 sagas")),
        (1, .answered("zipkin/traces", "11,240 spans")),
    ]
    for round in 0..<20 {
        script.append((5 + round * 30, .traces("zipkin/traces", Fleet.spans(round: round))))
    }
    let changed = ConfigEvent.changed([Fleet.config(timeout: "200", version: 42)], gone: [])
    script += [
        (605, .config("consul/config", changed)),
        (610, .registry("consul/registry", .changed([Fleet.broken], gone: []))),
        (611, .sagas("lra/sagas", .changed(Fleet.sagas))),
        (612, .traces("zipkin/traces", Fleet.compensations)),
        (613, .traces("zipkin/traces", Fleet.slowSpans)),
        (614, .traces("zipkin/traces", .dependencies(Fleet.calls))),
        (639, .answered("consul/config", "1 key")), (640, .answered("lra/sagas", "3 sagas")),
        (640, .answered("consul/registry", "14 instances", requests: 3)),
        (640, .lost("zipkin/traces", "10.0.0.3:9411 refused the connection")), (647, .tick),
    ]
    return world(script + more)
}

/// What the sources of that night told.
enum Fleet {
    static let healthy = [
        ServiceListing(script: "gateway: gateway-1 passing, gateway-2 passing"),
        ServiceListing(script: "inventory: inventory-1 passing, inventory-2 passing"),
        ServiceListing(script: "order: order-1 passing v7, order-2 passing v7, order-3 passing v7"),
        ServiceListing(script: "shipping: shipping-1 passing, shipping-2 maintenance"),
        payment(second: .passing, thirdVersion: "v41"),
    ]

    static let broken = payment(second: .critical, thirdVersion: "v41", others: "v42")

    static func payment(
        second: Health, thirdVersion: String, others: String = "v41"
    ) -> ServiceListing {
        let sick = Check(
            id: "grpc", name: "grpc", status: second,
            output: second == .passing ? "SERVING" : "deadline exceeded after 1s\nsecond line")
        let node = Check(
            id: "serfHealth", name: "serf", status: .passing, output: "alive", isOfNode: true)
        return ServiceListing(
            service: "payment",
            instances: [
                instance("payment-1", zone: "a", others, .passing, [node]),
                instance("payment-2", zone: "b", others, second, [sick, node]),
                instance("payment-3", zone: "c", thirdVersion, .passing, [node]),
            ])
    }

    private static func instance(
        _ id: String, zone: String, _ version: String, _ health: Health, _ checks: [Check]
    ) -> ServiceInstance {
        ServiceInstance(
            id: id, service: "payment", node: "node-\(zone)", address: "10.0.2.17:50051",
            zone: zone, version: "1.4.2", configVersion: version, health: health, checks: checks)
    }

    static func config(timeout: String, version: Int) -> ConfigEntry {
        ConfigEntry(
            key: "config/payment/production", service: "payment", environment: "production",
            version: "88\(version)", label: "v\(version)", digest: "d\(version)",
            fields: [
                ConfigField(name: "timeout_ms", value: timeout),
                ConfigField(name: "currency", value: "EUR"),
                ConfigField(name: "api_key", value: "••••••"),
            ])
    }

    static func spans(round: Int) -> TraceEvent {
        var spans: [SpanRecord] = []
        for (index, name) in ["gateway", "order", "payment", "inventory"].enumerated() {
            for number in 0..<30 {
                let isRefund = index == 2 && number % 10 == 0
                spans.append(
                    SpanRecord(
                        id: UInt64(round * 1000 + index * 100 + number), service: name,
                        operation: isRefund ? "refund" : "charge", kind: .server,
                        start: .second(5 + round * 30 - number % 3),
                        durationMicroseconds: Int64(9_000 + index * 4_000 + number * 150),
                        isError: false))
            }
        }
        return .observed(spans, replaced: [])
    }

    static var slowSpans: TraceEvent {
        .observed(
            (0..<40).map { number in
                SpanRecord(
                    id: UInt64(900_000 + number), service: "payment", operation: "charge",
                    kind: .server, start: .second(613 - number % 3),
                    durationMicroseconds: Int64(1_800_000 + number * 15_000),
                    isError: number % 8 == 0)
            }, replaced: [])
    }

    static let sagas = [
        Saga(
            id: "7f3a0000", name: "order-saga", state: .compensating, engineState: "Cancelling",
            started: .second(400), ending: .second(420)),
        Saga(
            id: "90b20000", name: "order-saga", state: .compensating, engineState: "Cancelling",
            started: .second(600), ending: .second(605)),
        Saga(
            id: "aa010000", name: "order-saga", state: .running, engineState: "Active",
            started: .second(610)),
    ]

    static var compensations: TraceEvent {
        let done: [(String, String)] = [
            ("create", "order"), ("reserve", "inventory"), ("pay", "payment"),
        ]
        var spans = done.enumerated().map { index, step in
            mark(UInt64(800_000 + index), step.0, step.1, .do, nil, at: 401 + index)
        }
        spans += (0..<6).map { number in
            mark(
                UInt64(810_000 + number), "pay", "payment", .undo, "409 balance locked",
                at: 430 + number)
        }
        return .observed(spans, replaced: [])
    }

    private static func mark(
        _ id: UInt64, _ step: String, _ service: String, _ action: SagaMark.Action,
        _ error: String?, at second: Int
    ) -> SpanRecord {
        SpanRecord(
            id: id, service: service, operation: "saga \(step)", kind: .server,
            start: .second(second), durationMicroseconds: 12_000, isError: error != nil,
            saga: SagaMark(saga: "7f3a0000", step: step, action: action, error: error))
    }

    static let calls = [
        ServiceCall(caller: "gateway", callee: "order", calls: 1200, errors: 30),
        ServiceCall(caller: "order", callee: "payment", calls: 1100, errors: 90),
        ServiceCall(caller: "order", callee: "inventory", calls: 1150, errors: 0),
    ]
}
