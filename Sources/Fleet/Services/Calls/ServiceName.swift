// ServiceName: the five services, and what one may ask of another.

enum ServiceName: String, CaseIterable, Sendable {
    case gateway, order, inventory, payment, shipping

    /// How many instances there are of it.
    var count: Int {
        switch self {
        case .gateway, .shipping: 2
        case .inventory, .payment: 3
        case .order: 4
        }
    }
}

/// Everything that can be asked; the raw value is the path in gRPC.
enum Method: String, CaseIterable, Sendable {
    case postOrder = "/gateway.v1.Shop/PostOrder"
    case getOrder = "/gateway.v1.Shop/GetOrder"
    case create = "/orders.v1.Orders/Create"
    case read = "/orders.v1.Orders/Get"
    case reserve = "/inventory.v1.Stock/Reserve"
    case release = "/inventory.v1.Stock/Release"
    case charge = "/payment.v1.Payments/Charge"
    case refund = "/payment.v1.Payments/Refund"
    case book = "/shipping.v1.Shipments/Book"
    case withdraw = "/shipping.v1.Shipments/Cancel"

    var service: ServiceName {
        switch self {
        case .postOrder, .getOrder: .gateway
        case .create, .read: .order
        case .reserve, .release: .inventory
        case .charge, .refund: .payment
        case .book, .withdraw: .shipping
        }
    }

    /// The span's name; the gateway speaks HTTP to the outside.
    var spanName: String {
        switch self {
        case .postOrder: "post /orders"
        case .getOrder: "get /orders/{id}"
        default: rawValue.dropFirst().lowercased()
        }
    }

    /// How long a caller waits for it.
    var deadline: Duration {
        switch self {
        case .postOrder, .getOrder: .seconds(5)
        case .create: .seconds(4)
        case .charge: .seconds(2)
        default: .seconds(1)
        }
    }

    /// What it means to a saga.
    var mark: (step: SagaStep, isUndo: Bool)? {
        switch self {
        case .postOrder, .getOrder, .create, .read: nil
        case .reserve: (.reserve, false)
        case .release: (.reserve, true)
        case .charge: (.pay, false)
        case .refund: (.pay, true)
        case .book: (.ship, false)
        case .withdraw: (.ship, true)
        }
    }
}

/// The steps of an order, in their order.
enum SagaStep: String, Sendable {
    case create, reserve, pay, ship

    /// What is asked of another service; creating is the order service's own work.
    var method: (do: Method, undo: Method)? {
        switch self {
        case .create: nil
        case .reserve: (.reserve, .release)
        case .pay: (.charge, .refund)
        case .ship: (.book, .withdraw)
        }
    }
}
