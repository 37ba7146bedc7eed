import Events
import TestKit
import Testing

@testable import WorldModel

struct WorldTests {
    @Test func `a service is critical from a third of its instances on`() {
        let world = world([
            (
                1,
                .listed(
                    "cart: a critical, b passing, c passing",
                    "pay: a critical, b passing, c passing, d passing")
            )
        ])
        #expect(world.registry["cart"]?.health == .critical)
        #expect(world.registry["pay"]?.health == .warning)
        #expect(world.registry.sickestFirst.map(\.name) == ["cart", "pay"])
    }

    @Test func `an age is the age of a state, not of a message`() {
        let world = world([
            (1, .listed("cart: a passing")), (5, .changed("cart: a critical")),
            (9, .changed("cart: a critical")), (10, .tick),
        ])
        #expect(world.registry["cart"]?.instances[0].since == .second(5))
        #expect(world.now == .second(10))
    }

    @Test func `what was so when we came has no age`() {
        let world = world([(1, .listed("cart: a passing"))])
        #expect(world.registry["cart"]?.instances[0].since == nil)
        #expect(world.changes.all.isEmpty)
    }

    @Test func `a source that is lost makes its services unknown, not healthy`() throws {
        let world = world([
            (1, .listed("cart: a passing")), (1, .answered("consul/registry")),
            (2, .lost("consul/registry", "10.0.0.1:8500 refused the connection")),
        ])
        let cart = try #require(world.registry["cart"])
        #expect(world.health(of: cart) == .unknown)
        #expect(world.health == .unknown)
    }

    @Test func `order is mended as it would be sorted`() {
        var script: [(second: Int, event: Event)] = [
            (0, .listed((0..<40).map { "s\($0): a passing, b passing" }))
        ]
        for second in 1...200 {
            let health = ["passing", "warning", "critical"][second * 7 % 3]
            script.append((second, .changed("s\(second * 13 % 40): a \(health), b passing")))
        }
        let world = world(script)
        #expect(
            world.registry.sickestFirst.map(\.name)
                == world.registry.sickestFirst.sorted(by: Service.isSicker).map(\.name))
        #expect(world.registry.count == 40)
        #expect(world.registry.counts.values.reduce(0, +) == 40)
    }
}

struct LookupTests {
    private let fleet = world([
        (1, .listed("cart: a passing, b passing", "pay: a critical", "shop: a warning")),
        (2, .changed("shop: a critical")), (3, .changed("shop: a critical, b passing")),
    ])

    @Test func `a service's place is found where it stands`() {
        for (place, service) in fleet.registry.sickestFirst.enumerated() {
            #expect(fleet.registry.place(of: service.name) == place)
        }
        #expect(fleet.registry.place(of: "nobody") == nil)
    }

    @Test func `only changes of health count as such`() {
        #expect(fleet.registry.transitions == 1)
        #expect(fleet.changes.total == 2)
        #expect(fleet.changes[1]?.text == "0/1 up, critical")
        #expect(fleet.changes[2]?.text == "b joined")
        #expect(fleet.changes[0] == nil && fleet.changes[3] == nil)
    }

    @Test func `a service knows the sagas that go through it`() {
        let mark = SagaMark(saga: "s1", step: "pay", action: .undo, error: "no")
        let spans = (1...3).map { number in
            SpanRecord(
                id: UInt64(number), service: "pay", operation: "refund", kind: .server,
                start: .second(number), durationMicroseconds: 5, isError: true, saga: mark)
        }
        let saga = Saga(id: "s1", name: "order", state: .compensating, engineState: "Cancelling")
        let world = world([
            (1, .sagas("lra/sagas", .listed([saga]))),
            (4, .traces("zipkin/traces", .observed(spans, replaced: []))),
        ])
        #expect(world.sagas.loads["pay"]?.stuck == 1)
        #expect(world.sagas["lra/sagas", "s1"]?.stuck != nil)
    }

    @Test func `keys are found by their service`() {
        let keys = ["staging", "production"].map { (name: String) in
            ConfigEntry(
                key: "config/pay/\(name)", service: "pay", environment: name, version: "7",
                digest: "d")
        }
        let world = world([(1, .config("consul/config", .listed(keys)))])
        #expect(
            world.config.of("pay", in: "production").map(\.entry.key)
                == ["config/pay/production", "config/pay/staging"])
        #expect(world.config.of("cart", in: "production").isEmpty)
        #expect(world.config["consul/config", "config/pay/staging"]?.entry.version == "7")
    }
}

extension Event {
    fileprivate static func listed(_ services: [String]) -> Event {
        .registry("consul/registry", .listed(services.map(ServiceListing.init(script:))))
    }
}

struct HealthNewsTests {
    @Test func `a service that turns critical stands in the ledger, and so does its recovery`() {
        let world = world([
            (1, .listed("cart: a passing, b passing")),
            (5, .changed("cart: a critical, b critical")),
            (6, .changed("cart: a critical, b critical")),
            (9, .changed("cart: a passing, b passing")),
        ])
        #expect(
            world.changes.all.map(\.text) == ["0/2 up, critical", "2/2 up, no longer critical"])
    }
}
