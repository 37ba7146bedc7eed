import Events
import Network
import Synchronization
import Testing

@testable import Fleet

/// The fleet without its order system: what the servers do when it is broken.
@Suite(.timeLimit(.minutes(5)))
struct FleetTests {
    @Test func `the ready line names every server`() async throws {
        try await serving { fleet, _ in
            let words = fleet.readyLine.split(separator: " ")
            #expect(words.first == "READY")
            let names = words.dropFirst().compactMap { $0.split(separator: "=").first }
            #expect(names == ["consul", "lra", "zipkin", "control"])
            #expect(fleet.feeds.map(\.kind) == [.consul, .lra, .zipkin])
            #expect(fleet.readyLine.contains("lra=\(fleet.feeds[1].url)"))
            #expect(fleet.feeds[1].url.hasSuffix("/lra-coordinator"))
        }
    }

    @Test func `five services are configured`() async throws {
        try await serving { fleet, _ in
            let keys = try await ask("GET", fleet.feeds[0].url + "/v1/kv/config/?keys").text
            let services = ["gateway", "inventory", "order", "payment", "shipping"]
            #expect(keys == JSON.strings(services.map { "config/\($0)/production" }).text)
        }
    }

    @Test(arguments: ["/incident", "/control/incident"])
    func `an incident is started, told and ended over HTTP`(path: String) async throws {
        try await serving { fleet, services in
            let url = fleet.controlURL + path
            #expect(try await ask("GET", url).text.hasPrefix(#"{"incident":null"#))
            for _ in 1...2 {
                let started = try await ask("POST", url + "?name=slow-payment")
                #expect(started.text.hasPrefix(#"{"incident":"slow-payment""#))
            }
            for _ in 1...2 {
                #expect(try await ask("DELETE", url).text.hasPrefix(#"{"incident":null"#))
            }
            #expect(services.injected == [.slowPayment, nil])
        }
    }

    @Test func `an unknown incident is refused with the known ones`() async throws {
        try await serving { fleet, services in
            let answer = try await ask("POST", fleet.controlURL + "/incident?name=fire")
            #expect(answer.status == 400)
            for incident in Incident.allCases { #expect(answer.text.contains(incident.rawValue)) }
            #expect(services.injected.isEmpty)
        }
    }

    @Test func `one incident ends the other`() async throws {
        try await serving { fleet, services in
            await fleet.inject(.badConfig)
            await fleet.inject(.crashedInstance)
            #expect(services.injected == [.badConfig, .crashedInstance])
            let value = try await config(fleet)
            #expect(value.contains("v41"))
        }
    }

    @Test func `a bad configuration is written, and taken back`() async throws {
        try await serving { fleet, _ in
            await fleet.inject(.badConfig)
            let value = try await config(fleet)
            #expect(value.contains(#""version":"v42","timeout_ms":200"#))
            await fleet.inject(nil)
            let later = try await config(fleet)
            #expect(later.contains(#""version":"v41","timeout_ms":2000"#))
        }
    }

    @Test func `a crashed instance is critical at once, and passing when it is over`() async throws
    {
        try await serving { fleet, _ in
            try await register(fleet, "payment", "payment-2")
            await fleet.inject(.crashedInstance)
            let value = try await critical(fleet)
            #expect(value.contains("grpc: connection refused"))
            await fleet.inject(nil)
            let later = try await critical(fleet)
            #expect(later == "[]")
        }
    }

    @Test
    func `a crash that is started once more takes a second instance along, and both come back`()
        async throws
    {
        try await serving { fleet, services in
            for instance in ["payment-2", "payment-3"] {
                try await register(fleet, "payment", instance)
            }
            await fleet.inject(.crashedInstance)
            #expect(try await critical(fleet).contains("payment-3") == false)
            await fleet.inject(.crashedInstance)
            let worse = try await critical(fleet)
            #expect(worse.contains("payment-2") && worse.contains("payment-3"))
            #expect(services.timesWorsened == 1)
            await fleet.inject(nil)
            #expect(try await critical(fleet) == "[]")
        }
    }

    @Test func `a flapping check flips until it is ended`() async throws {
        try await serving { fleet, _ in
            try await register(fleet, "inventory", "inventory-2")
            await fleet.inject(.flappingCheck)
            for _ in 1...2 {
                try await eventually { try await critical(fleet).contains("inventory-2") }
                try await eventually { try await critical(fleet) == "[]" }
            }
            await fleet.inject(nil)
            let value = try await critical(fleet)
            #expect(value == "[]")
        }
    }

    @Test func `a dead registry refuses, and comes back on its port with what it knew`()
        async throws
    {
        try await serving { fleet, _ in
            let index = try await ask("GET", fleet.feeds[0].url + "/v1/catalog/services")
                .headers["X-Consul-Index"]
            let path = "/v1/catalog/services?wait=60s&index=\(index ?? "")"
            async let held = ask("GET", fleet.feeds[0].url + path)
            await fleet.inject(.deadRegistry)
            await #expect(throws: NetworkError.unreachable("refused the connection")) {
                try await config(fleet)
            }
            _ = try? await held
            await fleet.inject(nil)
            let value = try await config(fleet)
            #expect(value.contains("v41"))
        }
    }

    @Test func `the whole fleet comes up healthy, is ordered from, and stops`() async throws {
        let fleet = try await Fleet.start(services: OrderSystem(), http: PlainClient())
        let consul = fleet.feeds[0].url
        try await eventually {
            try await ask("GET", consul + "/v1/health/state/passing").text
                .ranges(of: #""CheckID":"service:"#).count == 14
        }
        try await eventually {
            try await ask("GET", fleet.feeds[2].url + "/api/v2/services").text
                == #"["gateway","inventory","order","payment","shipping"]"#
        }
        await fleet.stop()
        await #expect(throws: NetworkError.self) { try await ask("GET", consul) }
    }

    private func serving(_ body: (Fleet, StillServices) async throws -> Void) async throws {
        let services = StillServices()
        let fleet = try await Fleet.start(services: services, http: PlainClient())
        do {
            try await body(fleet, services)
        } catch {
            await fleet.stop()
            throw error
        }
        await fleet.stop()
    }

    private func register(_ fleet: Fleet, _ service: String, _ id: String) async throws {
        let body =
            #"{"ID":"\#(id)","Name":"\#(service)","Check":{"GRPC":"a:1","Status":"passing"}}"#
        let url = fleet.feeds[0].url + "/v1/agent/service/register"
        #expect(try await ask("PUT", url, body: body).status == 200)
    }

    private func critical(_ fleet: Fleet) async throws -> String {
        try await ask("GET", fleet.feeds[0].url + "/v1/health/state/critical").text
    }

    private func config(_ fleet: Fleet) async throws -> String {
        try await ask("GET", fleet.feeds[0].url + "/v1/kv/config/payment/production?raw").text
    }
}

/// Services that only remember what was done to them.
private final class StillServices: FleetServices {
    private let incidents = Mutex<[Incident?]>([])

    private let worsened = Mutex(0)

    var injected: [Incident?] { incidents.withLock { $0 } }

    var timesWorsened: Int { worsened.withLock { $0 } }

    func start(_ environment: FleetEnvironment) async throws {}
    func inject(_ incident: Incident?) async { incidents.withLock { $0.append(incident) } }
    func worsen() async { worsened.withLock { $0 += 1 } }
    func stop() async {}
}
