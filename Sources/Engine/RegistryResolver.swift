// RegistryResolver: finds the instances of a service in what the registries told.
import Events
import Feeds
import WorldModel

extension NewestWorld: ServiceResolver {
    package func addresses(of service: String) async -> [String] {
        await instances(of: service).filter { $0.health == .passing }.map(\.address)
    }

    package func registered(of service: String) async -> [String] {
        await instances(of: service).map(\.address)
    }

    /// Waits until each registry has answered or failed, as feeds start together.
    private func instances(of service: String) async -> [ServiceInstance] {
        await wait { world in
            guard world.now > Instant(milliseconds: 0) else { return false }
            return world.registry[service] != nil
                || !world.feeds.watching(.registry).contains { $0.condition == .connecting }
        }
        let instances = world.registry[service]?.instances ?? []
        return instances.map(\.told).filter { !$0.address.isEmpty }
    }
}
