// FleetServices: what the fleet's servers expect of the services that use them.

/// Where the services find the servers of their fleet; URLs have no slash at the end.
package struct FleetEnvironment: Sendable {
    /// Consul's HTTP API: `http://127.0.0.1:P`.
    package var registry: String
    /// LRA's REST API: `http://127.0.0.1:P/lra-coordinator`.
    package var coordinator: String
    /// Zipkin's API: `http://127.0.0.1:P`.
    package var zipkin: String
    /// The configuration of a service lies under `config/<service>/<name>` in the registry's KV.
    package var name = "production"

    package init(registry: String, coordinator: String, zipkin: String) {
        (self.registry, self.coordinator, self.zipkin) = (registry, coordinator, zipkin)
    }
}

/// gateway, order, inventory, payment and shipping: they register, configure and trace themselves.
package protocol FleetServices: Sendable {
    /// Returns once every instance answers and is registered.
    func start(_ environment: FleetEnvironment) async throws

    /// Makes the services' part of an incident real, after ending the one that was on.
    ///
    /// `nil` ends it: stopped instances come back on their old ports. What an incident does to the
    /// registry itself (a flapping check, a dead port, a written key) is not the services' part.
    func inject(_ incident: Incident?) async

    /// Makes the incident that is on worse, where it can get worse.
    func worsen() async

    /// Deregisters nothing: the servers stop next.
    func stop() async
}
