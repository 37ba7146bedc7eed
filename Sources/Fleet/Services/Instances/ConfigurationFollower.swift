// ConfigurationFollower: reloads an instance's configuration when its key changes, at its own pace.

struct ConfigurationFollower: Sendable {
    let instance: Instance
    let registry: RegistryClient
    let conditions: Conditions
    /// How long after a change this instance runs it; instances differ, and so drift for a while.
    let pace: Duration

    /// Follows the key until cancelled.
    func run() async {
        var index: UInt64?
        while !Task.isCancelled {
            do {
                let (configuration, next) = try await registry.configuration(
                    of: instance.identity.service, after: index)
                index = next
                if let configuration, configuration != instance.configuration {
                    try await Task.sleep(for: pace)
                    // By now it may be another one: what is over must not be run.
                    let (newest, _) = try await registry.configuration(
                        of: instance.identity.service, after: nil)
                    let isCurrent = newest == configuration
                    let isReloaded = isCurrent ? try await reload(configuration) : false
                    if !isReloaded { index = nil }
                }
            } catch {
                index = nil
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Runs the configuration and says so; false where the instance does not listen.
    private func reload(_ configuration: ServiceConfiguration) async throws -> Bool {
        guard !conditions.ignoresConfiguration(instance.identity) else {
            try await Task.sleep(for: .seconds(1))
            return false
        }
        instance.configuration = configuration
        try await registry.register(
            instance.identity, port: instance.port, configVersion: configuration.version)
        return true
    }
}
