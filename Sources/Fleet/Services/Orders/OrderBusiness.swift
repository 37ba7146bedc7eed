// OrderBusiness: takes orders, and leads each through its saga.
internal import Network

struct OrderBusiness: Business {
    let services: OrderServices
    let coordinator: SagaCoordinator
    let book: OrderBook
    /// Where the coordinator finds the order service: `http://127.0.0.1:P`.
    let participant: String

    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage {
        call.method == .create ? try await create(call) : try await read(call)
    }

    private func read(_ call: Call) async throws(GRPCError) -> OrderMessage {
        guard let order = await book.order(call.message.id) else {
            throw .status(.notFound, "there is no order \(call.message.id)")
        }
        try await call.work(services.conditions.storeTime)
        return order
    }

    /// Answers once the order is paid; it ships later.
    private func create(_ call: Call) async throws(GRPCError) -> OrderMessage {
        await book.write(call.message.now("new"))
        let saga = try await begin(call)
        do throws(GRPCError) {
            for step in [SagaStep.create, .reserve, .pay] { try await saga.perform(step) }
        } catch {
            await book.giveUp(saga, call.message)
            throw error
        }
        let order = call.message.now("paid")
        await book.write(order)
        await book.ship(saga, order, after: services.conditions.shippingWait)
        return order
    }

    private func begin(_ call: Call) async throws(GRPCError) -> OrderSaga {
        let url = try await coordinator.start()
        let saga = OrderSaga(url: url, call.message, caller: call.caller, services: services)
        await book.add(saga)
        do throws(GRPCError) {
            try await coordinator.join(url, participant: "\(participant)/sagas/\(saga.id)")
        } catch {
            await book.giveUp(saga, call.message)
            throw error
        }
        return saga
    }
}
