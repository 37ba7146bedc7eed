// Upstream: the healthy instances of one service, and calls balanced over them.
internal import Network
import Synchronization

/// Who calls: the span that is the parent, and where it is.
struct Caller: Sendable {
    var context: TraceContext
    var service: ServiceName
    var port: Int
    /// The saga that the call belongs to; the id that its coordinator gave it.
    var saga: String?
}

/// Follows a service in the registry; without the registry it goes on with what it last heard.
final class Upstream: Sendable {
    /// Carries the saga's id between services.
    static let sagaHeader = "saga-id"

    private let service: ServiceName
    private let registry: RegistryClient
    private let tracer: Tracer
    private let channel = Mutex<GRPCChannel?>(nil)
    private let found: AsyncStream<Void>
    private let finder: AsyncStream<Void>.Continuation

    init(_ service: ServiceName, registry: RegistryClient, tracer: Tracer) {
        (self.service, self.registry, self.tracer) = (service, registry, tracer)
        (found, finder) = AsyncStream.makeStream()
    }

    /// Follows the registry until cancelled.
    func run() async {
        var index: UInt64?
        var known: [String] = []
        while !Task.isCancelled {
            do {
                let answer = try await registry.passing(service, after: index)
                index = answer.index
                guard answer.addresses != known else { continue }
                known = answer.addresses
                turn(to: known)
            } catch {
                index = nil
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    /// Returns once an instance was healthy.
    func ready() async {
        for await _ in found {}
    }

    /// Calls that are under way keep the channel that they began with.
    private func turn(to addresses: [String]) {
        let target = "ipv4:" + addresses.joined(separator: ",")
        let fresh =
            addresses.isEmpty
            ? nil : try? GRPCChannel(target: target, serviceConfig: FleetServiceConfig.json)
        channel.withLock { $0 = fresh }
        if fresh != nil { finder.finish() }
    }

    /// The answer of a method; the call is a span of its caller's, if it has one.
    func call(
        _ method: Method, _ message: OrderMessage, from caller: Caller? = nil
    ) async throws(GRPCError) -> OrderMessage {
        guard let caller else { return try await send(method, message, []) }
        var span = Span(
            caller.context.child(), .client, method.spanName, at: caller.service,
            port: caller.port, peer: service)
        var metadata = [(name: TraceContext.header, value: span.context.text)]
        if let saga = caller.saga { metadata.append((Self.sagaHeader, saga)) }
        do throws(GRPCError) {
            let answer = try await send(method, message, metadata)
            span.tag("grpc.status_code", GRPCStatus.ok.name)
            tracer.end(span)
            return answer
        } catch {
            span.tag(error)
            // It reached nobody, so that nobody else can say what became of the step.
            if error.status == .unavailable { span.tag(method, saga: caller.saga) }
            tracer.end(span)
            throw error
        }
    }

    private func send(
        _ method: Method, _ message: OrderMessage, _ metadata: [(name: String, value: String)]
    ) async throws(GRPCError) -> OrderMessage {
        guard let channel = channel.withLock({ $0 }) else {
            throw .status(.unavailable, "no healthy instance of \(service)")
        }
        let bytes = try await channel.call(
            method.rawValue, message.bytes, deadline: method.deadline, metadata: metadata)
        do {
            return try OrderMessage(bytes: bytes)
        } catch {
            throw .status(.internal, "\(service)'s answer cannot be read: \(error)")
        }
    }
}

extension Span {
    mutating func tag(_ error: GRPCError) {
        guard case .status(let status, let message) = error else {
            return tag("error", error.description)
        }
        tag("grpc.status_code", status.name)
        tag("error", message.isEmpty ? status.name : message)
    }

    mutating func tag(_ method: Method, saga: String?) {
        guard let saga, let mark = method.mark else { return }
        tag(saga: saga, mark.step, isUndo: mark.isUndo)
    }

    mutating func tag(saga: String, _ step: SagaStep, isUndo: Bool) {
        tag("saga.id", saga)
        tag("saga.step", step.rawValue)
        tag("saga.action", isUndo ? "undo" : "do")
    }
}
