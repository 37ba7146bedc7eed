// OrderSystem: the fleet's services, all instances of them, started and broken together.
package import Network

/// gateway → order → inventory, payment and shipping, in this process, over loopback.
package actor OrderSystem: FleetServices {
    private let http: any HTTPClient
    private let conditions: Conditions
    /// Nobody orders where it is off, so that a test's own orders are the only ones.
    private let hasLoad: Bool
    private var wiring: Wiring?
    private var tasks: [Task<Void, Never>] = []

    package init(http: any HTTPClient = CurlClient.shared) {
        self.init(http: http, Conditions(), hasLoad: true)
    }

    init(http: any HTTPClient, _ conditions: Conditions, hasLoad: Bool) {
        (self.http, self.conditions, self.hasLoad) = (http, conditions, hasLoad)
    }

    package func start(_ environment: FleetEnvironment) async throws {
        let wiring = try Wiring(environment, http: http, conditions: conditions)
        self.wiring = wiring
        for instance in wiring.instances {
            try instance.listen()
            try await wiring.register(instance)
        }
        tasks.append(Task { await wiring.tracer.run() })
        for upstream in wiring.upstreams.values { tasks.append(Task { await upstream.run() }) }
        for instance in wiring.instances { watch(instance, wiring) }
        for upstream in wiring.upstreams.values { await upstream.ready() }
        guard hasLoad, let gateway = wiring.upstreams[.gateway] else { return }
        tasks.append(Task { await Load(gateway: gateway).run() })
    }

    private func watch(_ instance: Instance, _ wiring: Wiring) {
        let checker = HealthChecker(
            instance: instance.identity, port: instance.port, registry: wiring.registry)
        let follower = ConfigurationFollower(
            instance: instance, registry: wiring.registry, conditions: conditions,
            pace: .milliseconds(Int.random(in: 300...2000)))
        tasks.append(Task { await checker.run() })
        tasks.append(Task { await follower.run() })
    }

    package func inject(_ incident: Incident?) async {
        conditions.set(incident)
        await settle()
    }

    package func worsen() async {
        conditions.worsen()
        await settle()
    }

    /// Stops who is to be gone, and brings the others back.
    private func settle() async {
        for instance in wiring?.instances ?? [] {
            if conditions.crashes(instance.identity) {
                await instance.stop()
            } else {
                await revive(instance)
            }
        }
    }

    /// While it was away, its port may have been lent to somebody's connection.
    private func revive(_ instance: Instance) async {
        for _ in 0..<20 where !conditions.crashes(instance.identity) {
            if (try? instance.listen()) != nil { return }
            try? await Task.sleep(for: .milliseconds(250))
        }
    }

    package func stop() async {
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
        tasks = []
        await wiring?.stop()
        wiring = nil
    }

    /// The channel to a service, for those who order by hand.
    func upstream(_ service: ServiceName) -> Upstream? { wiring?.upstreams[service] }

    func instance(_ id: String) -> Instance? {
        wiring?.instances.first { $0.identity.id == id }
    }
}
