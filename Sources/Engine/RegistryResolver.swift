// RegistryResolver: finds the instances of a service in what the registries told.
import Events
import Feeds
import WorldModel

extension NewestWorld: ServiceResolver {
    /// Waits until each registry has answered or failed, as feeds start together.
    package func addresses(of service: String, onlyPassing: Bool) async -> [String] {
        await wait { world in
            guard world.now > Instant(milliseconds: 0) else { return false }
            return world.registry[service] != nil
                || !world.feeds.watching(.registry).contains { $0.condition == .connecting }
        }
        let instances = world.registry[service]?.instances ?? []
        return instances.map(\.told)
            .filter { !onlyPassing || $0.health == .passing }
            .map(\.address).filter { !$0.isEmpty }
    }
}
