// Alert, advance: the life of an alert, one evaluation after the other.
import Events

extension Alert {
    /// How long a resolved alert is remembered.
    static let resolvedRetention = Duration.seconds(15 * 60)

    /// The alert after an evaluation that found it.
    ///
    /// It is `pending` when it is found first, and `firing` once it was found for as long as its
    /// rule asks.
    func found(_ found: FoundAlert, by rule: AlertRule, at now: Instant) -> Alert {
        guard state != .resolved else {
            return Alert(labels, found, at: now).found(found, by: rule, at: now)
        }
        var alert = self
        (alert.annotations, alert.value) = (found.annotations, found.value)
        alert.keepFiringSince = nil
        alert.fire(by: rule, at: now)
        return alert
    }

    /// The alert after an evaluation that did not find it; nil where it is forgotten.
    ///
    /// A firing alert is `resolved`, unless its rule keeps it firing for a while. A pending one is
    /// forgotten at once, a resolved one after a quarter of an hour.
    func missed(by rule: AlertRule, at now: Instant) -> Alert? {
        var alert = self
        alert.lastEvaluation = now
        switch state {
        case .pending: return nil
        case .resolved:
            return now - (resolvedAt ?? now) > Self.resolvedRetention ? nil : alert
        case .firing, .acknowledged:
            if rule.keepFiringFor > .zero {
                let since = keepFiringSince ?? now
                alert.keepFiringSince = since
                if now - since < rule.keepFiringFor { return alert }
            }
            (alert.state, alert.resolvedAt) = (.resolved, now)
            return alert
        }
    }

    private mutating func fire(by rule: AlertRule, at now: Instant) {
        lastEvaluation = now
        guard state == .pending, now - activeAt >= rule.holdDuration else { return }
        (state, firedAt) = (.firing, now)
    }
}
