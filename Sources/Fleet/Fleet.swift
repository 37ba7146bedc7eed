// Fleet: the embedded order fleet, assembled: its servers, its services, and what breaks them.
package import Events
package import Network

/// A small real system in this process, on loopback.
package final class Fleet: Sendable {
    package let chaos: Chaos
    private let services: any FleetServices
    private let registryPort: RestartableServer
    private let coordinatorServer: HTTPServer
    private let zipkin: HTTPServer
    private let control: HTTPServer

    /// Returns once everything answers, is registered and configured.
    package static func start(
        services: any FleetServices = OrderSystem(), http: any HTTPClient = CurlClient.shared
    ) async throws -> Fleet {
        let fleet = try await Fleet(services: services, http: http)
        do {
            try await services.start(fleet.environment)
        } catch {
            await fleet.stop()
            throw error
        }
        return fleet
    }

    private init(services: any FleetServices, http: any HTTPClient) async throws {
        let registry = Registry()
        for service in FleetConfiguration.services {
            await registry.put(FleetConfiguration.key(of: service), FleetConfiguration.good)
        }
        let coordinator = Coordinator(period: .milliseconds(500), call: Self.door(through: http))
        let traces = TraceStore()
        let registryPort = try RestartableServer { await registry.answer($0) }
        let chaos = Chaos(registry: registry, port: registryPort, services: services)
        coordinatorServer = try HTTPServer { await coordinator.answer($0) }
        zipkin = try HTTPServer { await traces.answer($0) }
        control = try HTTPServer { await ControlAPI(chaos: chaos).answer($0) }
        (self.services, self.registryPort, self.chaos) = (services, registryPort, chaos)
    }

    /// Participants are called over HTTP, each for two seconds at most, as Narayana does.
    private static func door(through http: any HTTPClient) -> ParticipantDoor {
        { call in
            var request = HTTPRequest(call.url)
            request.method = call.method
            request.headers = [("Long-Running-Action", call.saga)]
            request.deadline = .seconds(2)
            guard let answer = try? await http.send(request) else { return nil }
            let body = String(decoding: answer.body, as: UTF8.self)
            return ParticipantAnswer(status: answer.status, body: body)
        }
    }

    /// Ends what is on, then the services, then the servers; once.
    package func stop() async {
        await chaos.inject(nil)
        await services.stop()
        await control.stop()
        await zipkin.stop()
        await coordinatorServer.stop()
        await registryPort.stop()
    }
}

// Where it is, and how to break it.
extension Fleet {
    private var environment: FleetEnvironment {
        FleetEnvironment(
            registry: registryPort.url, coordinator: "\(coordinatorServer.url)/lra-coordinator",
            zipkin: zipkin.url)
    }

    /// Each usable as `--feed KIND=URL`.
    package var feeds: [(kind: FeedKind, url: String)] {
        [
            (.consul, environment.registry), (.lra, environment.coordinator),
            (.zipkin, environment.zipkin),
        ]
    }

    /// `POST <control>/incident?name=NAME` and `DELETE <control>/incident`.
    package var controlURL: String { control.url }

    /// What `clawtop demo --serve` prints when it is up.
    package var readyLine: String {
        let named = feeds.map { "\($0.kind.rawValue)=\($0.url)" } + ["control=\(controlURL)"]
        return "READY \(named.joined(separator: " "))"
    }

    /// Starts an incident, after ending the one that is on; `nil` only ends it.
    package func inject(_ incident: Incident?) async { await chaos.inject(incident) }
}
