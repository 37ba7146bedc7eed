// Businesses: what gateway, inventory, payment and shipping do with a call.
internal import Network

/// Hands on what comes from outside.
struct GatewayBusiness: Business {
    let orders: Upstream?

    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage {
        guard let orders else { throw .status(.unavailable, "there is no order service") }
        let method = call.method == .postOrder ? Method.create : .read
        return try await orders.call(method, call.message, from: call.caller)
    }
}

struct InventoryBusiness: Business {
    let conditions: Conditions

    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage {
        let isUndo = call.method == .release
        try await call.work(isUndo ? conditions.undoTime : conditions.storeTime)
        return call.message.now(isUndo ? "released" : "reserved")
    }
}

struct PaymentBusiness: Business {
    let conditions: Conditions

    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage {
        guard call.method == .charge else { return try await refund(call) }
        try await call.work(conditions.bankTime(), timeout: call.configuration.timeout)
        guard call.message.card != OrderMessage.declinedCard else {
            throw .status(.failedPrecondition, "card declined")
        }
        return call.message.now("paid")
    }

    private func refund(_ call: Call) async throws(GRPCError) -> OrderMessage {
        guard !conditions.isBalanceLocked else { throw .status(.aborted, "409 balance locked") }
        try await call.work(conditions.undoTime)
        return call.message.now("refunded")
    }
}

struct ShippingBusiness: Business {
    let conditions: Conditions

    func answer(_ call: Call) async throws(GRPCError) -> OrderMessage {
        let isUndo = call.method == .withdraw
        try await call.work(isUndo ? conditions.undoTime : conditions.storeTime)
        if !isUndo, conditions.failsShipment() {
            throw .status(.failedPrecondition, "no carrier takes the parcel")
        }
        return call.message.now(isUndo ? "withdrawn" : "shipped")
    }
}

extension OrderMessage {
    func now(_ state: String) -> Self {
        var message = self
        message.state = state
        return message
    }
}
