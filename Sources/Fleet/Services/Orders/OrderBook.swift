// OrderBook: the orders under way and the last ones that ended; the order service's database.

actor OrderBook {
    /// Orders that can still be asked for.
    private static let remembered = 500

    private let coordinator: SagaCoordinator
    private var states: [String: OrderMessage] = [:]
    private var oldestFirst: [String] = []
    private var sagas: [String: OrderSaga] = [:]
    private var endings: [String: Task<Void, Never>] = [:]

    init(coordinator: SagaCoordinator) { self.coordinator = coordinator }

    func order(_ id: String) -> OrderMessage? { states[id] }

    func saga(_ id: String) -> OrderSaga? { sagas[id] }

    func write(_ order: OrderMessage) {
        if states.updateValue(order, forKey: order.id) == nil { oldestFirst.append(order.id) }
        guard oldestFirst.count > Self.remembered else { return }
        states[oldestFirst.removeFirst()] = nil
    }

    func add(_ saga: OrderSaga) { sagas[saga.id] = saga }

    /// The coordinator says that it is over.
    func forget(_ id: String) { sagas[id] = nil }

    /// Ships the paid order when its carrier comes; nobody waits for that.
    func ship(_ saga: OrderSaga, _ order: OrderMessage, after wait: Duration) {
        let coordinator = coordinator
        end(saga) {
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            do {
                try await saga.perform(.ship)
                await self.write(order.now("shipped"))
                await coordinator.end(saga.url, .close)
            } catch {
                await self.write(order.now("cancelled"))
                await coordinator.end(saga.url, .cancel)
            }
        }
    }

    func giveUp(_ saga: OrderSaga, _ order: OrderMessage) {
        write(order.now("cancelled"))
        let coordinator = coordinator
        end(saga) { await coordinator.end(saga.url, .cancel) }
    }

    func stop() async {
        for task in endings.values { task.cancel() }
        for task in endings.values { await task.value }
    }

    private func end(_ saga: OrderSaga, _ how: @escaping @Sendable () async -> Void) {
        endings[saga.id] = Task {
            await how()
            endings[saga.id] = nil
        }
    }
}
