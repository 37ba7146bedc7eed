// Load: the customers, who come at a steady rate with some jitter.

/// Sends orders, and asks for those sent before.
struct Load: Sendable {
    let gateway: Upstream
    /// Requests a second; the whole fleet is meant to cost a few percent of a core.
    var rate = 10.0
    /// How many of them are orders.
    var orders = 0.5
    /// How many orders have a card that is declined.
    var declined = 0.03

    /// Comes until cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            var placed = 0
            while (try? await Task.sleep(for: pause)) != nil {
                // The last few may not be written down yet.
                let isOrder = placed < 10 || Double.random(in: 0..<1) < orders
                if isOrder { placed += 1 }
                let number = isOrder ? placed : placed - Int.random(in: 5..<10)
                let order = order(number)
                group.addTask {
                    _ = try? await gateway.call(isOrder ? .postOrder : .getOrder, order)
                }
            }
        }
    }

    private var pause: Duration { .seconds(Double.random(in: 0.5..<1.5) / rate) }

    private func order(_ number: Int) -> OrderMessage {
        OrderMessage(
            id: "o-\(1000 + number)", cents: .random(in: 499...29_900),
            card: Double.random(in: 0..<1) < declined
                ? OrderMessage.declinedCard : "4242 4242 4242 4242")
    }
}
