// Chaos: breaks the fleet on purpose, one incident at a time, and mends it again.

/// Starting one incident ends the one before. Starting a crash twice makes it worse; else starting
/// or ending twice changes nothing.
package actor Chaos {
    /// Which instance's check flaps, and how often it flips.
    private static let flapping = (instance: "inventory-2", period: Duration.milliseconds(700))
    /// The second one crashes when it gets worse.
    private static let crashed = ["payment-2", "payment-3"]

    package private(set) var incident: Incident?
    private let registry: Registry
    private let port: RestartableServer
    private let services: any FleetServices
    private var flaps: Task<Void, Never>?
    private var last: Task<Void, Never>?

    init(registry: Registry, port: RestartableServer, services: any FleetServices) {
        (self.registry, self.port, self.services) = (registry, port, services)
    }

    deinit { flaps?.cancel() }

    /// Returns once it can be seen; `nil` only ends what is on.
    ///
    /// Calls are served in their order.
    package func inject(_ next: Incident?) async {
        let before = last
        let turn = Task {
            await before?.value
            await change(to: next)
        }
        last = turn
        await turn.value
    }

    private func change(to next: Incident?) async {
        guard next != incident else { return await worsen() }
        if let incident { await end(incident) }
        incident = next
        await services.inject(next)
        if let next { await begin(next) }
    }

    private func worsen() async {
        guard incident == .crashedInstance else { return }
        await services.worsen()
        await hold(Self.crashed[1])
    }

    private func hold(_ crashed: String) async {
        await registry.hold(crashed, at: "critical", output: "grpc: connection refused")
    }

    private func begin(_ incident: Incident) async {
        switch incident {
        case .slowPayment, .stuckCompensation: return
        case .crashedInstance:
            await hold(Self.crashed[0])
        case .badConfig:
            await registry.put(FleetConfiguration.key(of: "payment"), FleetConfiguration.bad)
        case .flappingCheck: flaps = Task { await flap() }
        case .deadRegistry: await port.stop()
        }
    }

    private func end(_ incident: Incident) async {
        switch incident {
        case .slowPayment, .stuckCompensation: return
        case .crashedInstance:
            for instance in Self.crashed { await registry.release(instance) }
        case .badConfig:
            await registry.put(FleetConfiguration.key(of: "payment"), FleetConfiguration.good)
        case .flappingCheck:
            flaps?.cancel()
            await flaps?.value
            flaps = nil
        case .deadRegistry: try? await port.resume()
        }
    }

    /// Flips until cancelled, and leaves the check as its agent says.
    private func flap() async {
        let (instance, period) = Self.flapping
        var isHeld = false
        repeat {
            isHeld.toggle()
            if isHeld {
                await registry.hold(
                    instance, at: "critical", output: "grpc: deadline exceeded after 1s")
            } else {
                await registry.release(instance)
            }
        } while (try? await Task.sleep(for: period)) != nil
        await registry.release(instance)
    }
}
