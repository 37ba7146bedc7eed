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

extension Event {
    fileprivate static func listed(_ services: [String]) -> Event {
        .registry("consul/registry", .listed(services.map(ServiceListing.init(script:))))
    }
}
