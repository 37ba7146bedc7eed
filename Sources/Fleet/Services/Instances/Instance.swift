// Instance: one instance of a service: a gRPC server, traced, configured, and able to crash.
internal import Network
import Synchronization

final class Instance: Sendable {
    private struct State {
        var server: GRPCServer?
        /// Kept over a crash: the instance comes back where it was.
        var port = 0
        var configuration = ServiceConfiguration()
    }

    let identity: InstanceIdentity
    private let business: any Business
    private let tracer: Tracer
    private let state = Mutex(State())

    init(_ identity: InstanceIdentity, _ business: any Business, tracer: Tracer) {
        (self.identity, self.business, self.tracer) = (identity, business, tracer)
    }

    var port: Int { state.withLock { $0.port } }

    var configuration: ServiceConfiguration {
        get { state.withLock { $0.configuration } }
        set { state.withLock { $0.configuration = newValue } }
    }

    /// Answers on its port; the first time on a free one.
    func listen() throws(GRPCError) {
        guard state.withLock({ $0.server == nil }) else { return }
        let server = try GRPCServer(port: port) { [weak self] request async throws(GRPCError) in
            guard let self else { throw .status(.unavailable, "the instance is gone") }
            return try await self.answer(request)
        }
        state.withLock { ($0.server, $0.port) = (server, server.port) }
    }

    /// Its port refuses connections from here on.
    func stop() async {
        await state.withLock { $0.server.take() }?.stop()
    }

    private func answer(_ request: GRPCRequest) async throws(GRPCError) -> [UInt8] {
        if request.path == HealthMessage.path, request.message.isEmpty {
            return HealthMessage.serving
        }
        guard let method = Method(rawValue: request.path), method.service == identity.service
        else { throw .status(.unimplemented, "\(identity.id) has no method \(request.path)") }
        guard let message = try? OrderMessage(bytes: request.message) else {
            throw .status(.invalidArgument, "the message is no order")
        }
        return try await traced(method, message, request)
    }

    private func traced(
        _ method: Method, _ message: OrderMessage, _ request: GRPCRequest
    ) async throws(GRPCError) -> [UInt8] {
        var span = span(for: method, request)
        let saga = request.metadata[Upstream.sagaHeader]
        span.tag(method, saga: saga)
        let call = Call(
            method: method, message: message,
            caller: Caller(
                context: span.context, service: identity.service, port: port, saga: saga),
            configuration: configuration, deadline: request.deadline)
        do throws(GRPCError) {
            let answer = try await business.answer(call)
            span.tagOutcome(nil, of: method)
            tracer.end(span)
            return answer.bytes
        } catch {
            span.tagOutcome(error, of: method)
            tracer.end(span)
            throw error
        }
    }

    /// Shares its caller's span where there is one, as B3 does.
    private func span(for method: Method, _ request: GRPCRequest) -> Span {
        let given = request.metadata[TraceContext.header].flatMap { TraceContext($0) }
        var span = Span(
            given ?? .root(), .server, method.spanName, at: identity.service, port: port)
        span.isShared = given != nil
        span.tag("instance", identity.id)
        return span
    }
}

extension Span {
    /// The gateway answers in HTTP, the others in gRPC.
    fileprivate mutating func tagOutcome(_ error: GRPCError?, of method: Method) {
        guard method.service == .gateway else {
            if let error { tag(error) } else { tag("grpc.status_code", GRPCStatus.ok.name) }
            return
        }
        let status = Self.httpStatus(for: error)
        tag("http.method", method == .postOrder ? "POST" : "GET")
        tag("http.path", method == .postOrder ? "/orders" : "/orders/{id}")
        tag("http.status_code", String(status))
        // A declined card is the customer's affair.
        if status >= 500, let error { tag("error", error.description) }
    }

    private static func httpStatus(for error: GRPCError?) -> Int {
        switch error?.status {
        case nil: error == nil ? 200 : 500
        case .failedPrecondition: 402
        case .notFound: 404
        case .unavailable: 503
        case .deadlineExceeded: 504
        default: 500
        }
    }
}
