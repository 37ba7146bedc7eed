// Conditions: what is broken at the moment, and how long things take.
import Synchronization

/// Asked by the handlers of every instance.
final class Conditions: Sendable {
    /// More sagas than this must not hang at once: each is tried twice a second.
    private static let mostStuck = 6

    private struct State {
        var incident: Incident?
        var isWorse = false
        var failedShipments = 0
        var slowCharges = 0
    }

    private let state = Mutex(State())
    private let shipping: ClosedRange<Int>
    /// How many times as long as usual a caller waits: a busy machine must not fail a test.
    let patience: Int

    /// `shipping` says how many milliseconds an order waits for the carrier.
    init(shipping: ClosedRange<Int> = 400...3600, patience: Int = 1) {
        (self.shipping, self.patience) = (shipping, patience)
    }

    func set(_ incident: Incident?) {
        state.withLock { $0 = State(incident: incident) }
    }

    /// The incident that is on gets worse.
    func worsen() {
        state.withLock { $0.isWorse = $0.incident != nil }
    }

    private func isOn(_ incident: Incident) -> Bool {
        state.withLock { $0.incident == incident }
    }

    /// How long the bank takes for a charge; one in eight takes longer than 200 ms.
    func bankTime() -> Duration {
        if let slow = slowBankTime() { return slow }
        let quick = Int.random(in: 30...120)
        return .milliseconds(Int.random(in: 1...8) == 1 ? quick * 2 + 180 : quick)
    }

    /// The bank slows down from one charge to the next, until it takes a second or more; nil where
    /// it does not.
    ///
    /// Nobody learns of a call before it is over: one that takes seconds from the first on would be
    /// seen too late by whoever watches the traces.
    private func slowBankTime() -> Duration? {
        state.withLock { state in
            guard state.incident == .slowPayment else { return nil }
            state.slowCharges = min(state.slowCharges + 1, 20)
            let (least, most) = (450 + 50 * state.slowCharges, 600 + 100 * state.slowCharges)
            return .milliseconds(Int.random(in: min(least, 1000)...min(most, 2400)))
        }
    }

    /// How long it takes to look something up, or to write it down.
    var storeTime: Duration { .milliseconds(Int.random(in: 4...30)) }

    /// Undoing asks other houses.
    var undoTime: Duration { .milliseconds(Int.random(in: 150...500)) }

    /// How long an order waits for the carrier.
    var shippingWait: Duration { .milliseconds(Int.random(in: shipping)) }

    var isBalanceLocked: Bool { isOn(.stuckCompensation) }

    /// Whether this shipment fails: the first one of the incident, and one in twenty after it.
    func failsShipment() -> Bool {
        state.withLock { state in
            guard state.incident == .stuckCompensation else { return false }
            let fails =
                state.failedShipments == 0
                || state.failedShipments < Self.mostStuck && Int.random(in: 1...20) == 1
            if fails { state.failedShipments += 1 }
            return fails
        }
    }

    /// payment-3 does not notice that its configuration changes.
    func ignoresConfiguration(_ instance: InstanceIdentity) -> Bool {
        instance.id == "payment-3" && isOn(.badConfig)
    }

    /// payment-2 is gone; when it gets worse, payment-3 too.
    func crashes(_ instance: InstanceIdentity) -> Bool {
        let isWorse = state.withLock(\.isWorse)
        return isOn(.crashedInstance)
            && (instance.id == "payment-2" || isWorse && instance.id == "payment-3")
    }
}
