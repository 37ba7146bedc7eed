// WorldScript: a world told as a short script.
package import Events
package import WorldModel

/// A world that has seen `events`, each with the second it came at.
package func world(
    watching sources: [FeedSource] = FeedSource.usual, environment: String = "production",
    _ events: [(second: Int, event: Event)]
) -> World {
    var world = World()
    let start = SessionStart(
        environment: environment, feeds: sources, traceWindow: .seconds(900))
    world.apply(Envelope(sequence: 1, at: .second(0), event: .started(start)))
    for (index, (second, event)) in events.enumerated() {
        world.apply(Envelope(sequence: UInt64(index + 2), at: .second(second), event: event))
    }
    return world
}

extension FeedSource {
    /// A registry, its config, a coordinator and a trace store.
    package static let usual = [
        FeedSource(name: "consul", kind: .consul, world: .registry, address: "10.0.0.1:8500"),
        FeedSource(name: "consul", kind: .consul, world: .config, address: "10.0.0.1:8500"),
        FeedSource(name: "lra", kind: .lra, world: .sagas, address: "10.0.0.2:8070"),
        FeedSource(name: "zipkin", kind: .zipkin, world: .traces, address: "10.0.0.3:9411"),
    ]
}

extension Event {
    /// `cart: a passing, b critical` as the registry's whole list.
    package static func listed(_ services: String...) -> Event {
        .registry("consul/registry", .listed(services.map(ServiceListing.init(script:))))
    }

    /// `cart: a passing, b critical` as what changed.
    package static func changed(_ services: String...) -> Event {
        .registry("consul/registry", .changed(services.map(ServiceListing.init(script:)), gone: []))
    }

    package static func answered(_ feed: FeedID, _ note: String = "", requests: Int = 1) -> Event {
        .feed(feed, .answered(note: note, requests: requests))
    }

    package static func stale(_ feed: FeedID, _ reason: String) -> Event {
        .feed(feed, .stale(reason: reason, requests: 1))
    }

    package static func lost(_ feed: FeedID, _ reason: String) -> Event {
        .feed(feed, .lost(reason: reason, retryIn: .seconds(9), requests: 1))
    }
}

extension ServiceListing {
    /// `cart: a passing v42, b critical`: id, health, and the configuration version it runs.
    package init(script: String) {
        let halves = script.split(separator: ":", maxSplits: 1)
        let name = String(halves[0])
        let instances = (halves.count > 1 ? halves[1] : "").split(separator: ",").map { item in
            let words = item.split(separator: " ").map(String.init)
            return ServiceInstance(
                id: words[0], service: name, node: "n1", address: "10.0.0.1:80",
                configVersion: words.count > 2 ? words[2] : nil,
                health: Health(rawValue: words[1]) ?? .unknown)
        }
        self.init(service: name, instances: instances)
    }
}
