// Incident: what can be broken on purpose.

/// What `clawtop demo --incident NAME` and the control server can break.
package enum Incident: String, CaseIterable, Sendable {
    /// Payments get slower from one to the next, until some take longer than their callers wait.
    case slowPayment = "slow-payment"
    /// payment-2 is gone: its port refuses connections. Started once more, it takes payment-3 along.
    case crashedInstance = "crashed-instance"
    /// payment's configuration v42 has a timeout that no payment can keep; payment-3 lags behind.
    case badConfig = "bad-config"
    /// Shipping fails and the inventory cannot be given back: sagas stay in Cancelling.
    case stuckCompensation = "stuck-compensation"
    /// The check of inventory-2 flips every 700 ms.
    case flappingCheck = "flapping-check"
    /// The registry's port refuses connections.
    case deadRegistry = "dead-registry"
}
