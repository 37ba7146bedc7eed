// HealthChecker: asks one instance every second how it is, and tells the registry what changed.
internal import Network

/// What a check found.
struct CheckedHealth: Hashable, Sendable {
    var isPassing: Bool
    var output: String
}

struct HealthChecker: Sendable {
    let instance: InstanceIdentity
    let port: Int
    let registry: RegistryClient

    /// Checks until cancelled.
    func run() async {
        guard let channel = try? GRPCChannel(target: "ipv4:127.0.0.1:\(port)") else { return }
        var told: CheckedHealth?
        repeat {
            let health = await Self.check(channel)
            // A registry that was not there, or has forgotten us, is told again.
            guard health != told else { continue }
            told = (try? await registry.setCheck(of: instance, health)).map { health }
        } while (try? await Task.sleep(for: .seconds(1))) != nil
    }

    static func check(_ channel: GRPCChannel) async -> CheckedHealth {
        do throws(GRPCError) {
            let bytes = try await channel.call(HealthMessage.path, deadline: .seconds(1))
            return (try? HealthMessage.status(bytes)) == 1
                ? CheckedHealth(isPassing: true, output: "grpc: serving")
                : CheckedHealth(isPassing: false, output: "grpc: not serving")
        } catch {
            return CheckedHealth(isPassing: false, output: "grpc: \(words(for: error))")
        }
    }

    /// What a person needs of gRPC's long sentences.
    static func words(for error: GRPCError) -> String {
        guard case .status(let status, let message) = error else { return error.description }
        if status == .deadlineExceeded { return "deadline exceeded after 1s" }
        if message.contains("Connection refused") { return "connection refused" }
        return message.isEmpty ? status.name : message
    }
}
