// OrderSaga: one order under way: which of its steps are done, and how they are undone.
internal import Network

/// One saga; its steps come one after another, and are undone in the opposite order.
actor OrderSaga {
    /// The last segment of its URL.
    nonisolated let id: String
    nonisolated let url: String
    private let order: OrderMessage
    private let caller: Caller
    private let services: OrderServices
    /// Done, or perhaps done.
    private var toUndo: [SagaStep] = []
    private var undoing: Task<String?, Never>?

    init(url: String, _ order: OrderMessage, caller: Caller, services: OrderServices) {
        self.url = url
        id = url.split(separator: "/").last.map(String.init) ?? url
        self.order = order
        self.services = services
        var caller = caller
        caller.saga = id
        self.caller = caller
    }

    func perform(_ step: SagaStep) async throws(GRPCError) {
        toUndo.append(step)
        do throws(GRPCError) {
            guard let method = step.method else { return await store(step, isUndo: false, caller) }
            _ = try await services.call(method.do, order, from: caller)
        } catch {
            // A clear no did nothing; anything else may have been done before the answer was lost.
            if error.status == .failedPrecondition { toUndo.removeLast() }
            throw error
        }
    }

    /// Nil once all is undone, else what stands in the way; a second question waits for the first.
    func compensate() async -> String? {
        if let undoing { return await undoing.value }
        let task = Task { await undoAll() }
        undoing = task
        defer { undoing = nil }
        return await task.value
    }

    /// The coordinator knows no traces: each of its tries is a new one.
    private func undoAll() async -> String? {
        var caller = caller
        caller.context = .root()
        var span = Span(
            caller.context, .server, "put /sagas/{id}/compensate", at: .order, port: caller.port)
        defer { services.tracer.end(span) }
        while let step = toUndo.last {
            do throws(GRPCError) {
                try await undo(step, as: caller)
                toUndo.removeLast()
            } catch {
                span.tag(error)
                if case .status(_, let message) = error { return message }
                return error.description
            }
        }
        return nil
    }

    private func undo(_ step: SagaStep, as caller: Caller) async throws(GRPCError) {
        guard let method = step.method else { return await store(step, isUndo: true, caller) }
        _ = try await services.call(method.undo, order, from: caller)
    }

    /// The order service's own step.
    private func store(_ step: SagaStep, isUndo: Bool, _ caller: Caller) async {
        var span = Span(
            caller.context.child(), nil, isUndo ? "cancel order" : "store order", at: .order,
            port: caller.port)
        span.tag(saga: id, step, isUndo: isUndo)
        let conditions = services.conditions
        try? await Task.sleep(for: isUndo ? conditions.undoTime : conditions.storeTime)
        services.tracer.end(span)
    }
}

/// Whom an order asks.
struct OrderServices: Sendable {
    let upstreams: [ServiceName: Upstream]
    let tracer: Tracer
    let conditions: Conditions

    func call(
        _ method: Method, _ order: OrderMessage, from caller: Caller
    ) async throws(GRPCError) -> OrderMessage {
        guard let upstream = upstreams[method.service] else {
            throw .status(.unimplemented, "order never asks \(method.service)")
        }
        return try await upstream.call(method, order, from: caller)
    }
}
