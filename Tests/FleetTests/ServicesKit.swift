import Foundation
import Network
import Testing

@testable import Fleet

/// A span as the trace store receives it.
struct ReportedSpan: Decodable, Sendable {
    struct Endpoint: Decodable, Sendable {
        var serviceName: String
        var port: Int?
    }
    var traceId: String
    var id: String
    var parentId: String?
    var kind: String?
    var name: String
    var timestamp: Int64
    var duration: Int64
    var shared: Bool?
    var localEndpoint: Endpoint
    var remoteEndpoint: Endpoint?
    var tags: [String: String]?

    /// `pay do`, `reserve undo`; nil where it is no step of a saga.
    var mark: String? {
        guard let step = tags?["saga.step"], let action = tags?["saga.action"] else { return nil }
        return "\(step) \(action)"
    }

    var error: String? { tags?["error"] }
}

/// The order system on real servers, without its customers.
struct TestFleet: Sendable {
    let registry = Registry()
    let coordinator: Coordinator
    let system: OrderSystem
    let registryServer: HTTPServer
    let spans: AsyncStream<ReportedSpan>

    static func run(_ body: (TestFleet) async throws -> Void) async throws {
        let fleet = try TestFleet()
        let environment = try await fleet.serve()
        try await fleet.system.start(environment.environment)
        try await body(fleet)
        await fleet.system.stop()
        for server in environment.servers { await server.stop() }
    }

    private let zipkin: HTTPServer
    private let coordinatorServer: HTTPServer

    private init() throws {
        let registry = registry
        let server = try HTTPServer { await registry.answer($0) }
        registryServer = server
        let (spans, seen) = AsyncStream.makeStream(of: ReportedSpan.self)
        self.spans = spans
        zipkin = try HTTPServer { request in
            let data = Data(request.body)
            guard let spans = try? JSONDecoder().decode([ReportedSpan].self, from: data) else {
                return .text(400, "no spans")
            }
            for span in spans { seen.yield(span) }
            return .init(202)
        }
        let coordinator = Coordinator(period: .milliseconds(100)) { call in
            var request = HTTPRequest(call.url)
            request.method = call.method
            request.deadline = .seconds(2)
            guard let answer = try? await CurlClient.shared.send(request) else { return nil }
            return ParticipantAnswer(status: answer.status)
        }
        self.coordinator = coordinator
        coordinatorServer = try HTTPServer { await coordinator.answer($0) }
        system = OrderSystem(
            http: CurlClient.shared, Conditions(shipping: 5...20), hasLoad: false)
    }

    private func serve() async throws -> (environment: FleetEnvironment, servers: [HTTPServer]) {
        let environment = FleetEnvironment(
            registry: registryServer.url, coordinator: "\(coordinatorServer.url)/lra-coordinator",
            zipkin: zipkin.url)
        return (environment, [registryServer, coordinatorServer, zipkin])
    }

    func configure(_ service: ServiceName, _ json: String) async {
        let path = "/v1/kv/config/\(service)/production"
        let put = HTTPServer.Request("PUT", path, body: Array(json.utf8))
        #expect(await registry.answer(put).status == 200)
    }

    @discardableResult
    func place(
        _ id: String, card: String = "4242"
    ) async throws -> OrderMessage {
        let gateway = try #require(await system.upstream(.gateway))
        return try await gateway.call(.postOrder, OrderMessage(id: id, cents: 1999, card: card))
    }

    /// The next span for which this holds; those before it are passed over.
    func span(where isWanted: (ReportedSpan) -> Bool) async throws -> ReportedSpan {
        for await span in spans where isWanted(span) { return span }
        throw CancellationError()
    }

    func span(_ mark: String) async throws -> ReportedSpan {
        try await span { $0.mark == mark }
    }

    /// What the registry says of an instance, as soon as that is what is wanted.
    func check(
        _ instance: String, where isWanted: (CatalogCheck) -> Bool
    ) async throws -> CatalogCheck {
        try await read { state in
            state.catalog.check(withID: "service:\(instance)").flatMap {
                isWanted($0) ? $0 : nil
            }
        }
    }

    func versions(of service: ServiceName, are wanted: [String?]) async throws {
        try await read { state in
            let versions = state.catalog.instances(of: service.rawValue).sorted { $0.id < $1.id }
                .map { $0.meta["config_version"] }
            return versions == wanted ? () : nil
        }
    }

    private func read<T: Sendable>(_ read: (RegistryState) -> T?) async throws -> T {
        while true {
            let state = await registry.state
            if let value = read(state) { return value }
            try Task.checkCancellation()
            let anything = RegistryRead(
                index: \.index, changed: \.index, answer: { _ in .init(200) })
            await registry.wait(for: anything, above: state.index, atMost: .seconds(60))
        }
    }
}
