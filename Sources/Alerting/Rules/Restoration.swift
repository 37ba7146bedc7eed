// Restoration: alerts restored after a restart as Prometheus does, which forgets much of them.
package import Events

/// Prometheus' way to restore: the series ALERTS_FOR_STATE tells since when an alert is active.
///
/// Alerts begin as pending; after the second evaluation those of rules with a hold duration of at
/// least the grace period get their old beginning, in whole seconds, and fire at the third. Until
/// then no rule writes ALERTS.
struct Restoration {
    let memory: AlertMemory
    let gracePeriod: Duration
    private var evaluationsLeft = 2

    init(_ memory: AlertMemory, gracePeriod: Duration) {
        (self.memory, self.gracePeriod) = (memory, gracePeriod)
    }

    var isDone: Bool { evaluationsLeft <= 0 }

    mutating func evaluated(_ rules: inout [RuleProgress], at now: Instant) {
        evaluationsLeft -= 1
        guard isDone else { return }
        for index in rules.indices {
            guard case .alert(let rule) = rules[index].rule, rule.holdDuration >= gracePeriod
            else { continue }
            for alert in rules[index].alerts.all {
                guard let activeAt = restored(alert, of: rule, at: now) else { continue }
                var restored = alert
                restored.activeAt = activeAt
                rules[index].alerts.insert(restored)
            }
        }
    }

    /// Since when an alert is active: the time while nobody looked does not count, and what remains
    /// to be waited is at least the grace period.
    private func restored(_ alert: Alert, of rule: AlertRule, at now: Instant) -> Instant? {
        let known = memory.rules.lazy.flatMap(\.alerts)
            .first { $0.labels == alert.labels && $0.state != .resolved }
        guard let known else { return nil }
        let (downAt, activeAt) = (known.lastEvaluation.wholeSecond, known.activeAt.wholeSecond)
        let remaining = rule.holdDuration - (downAt - activeAt)
        if remaining <= .zero { return activeAt }
        if remaining < gracePeriod { return now + gracePeriod - rule.holdDuration }
        return activeAt + (now - downAt)
    }
}

extension RuleGroupEvaluation {
    /// Restores alerts as Prometheus does: before the first evaluation.
    ///
    /// `gracePeriod` is Prometheus' `--rules.alert.for-grace-period`, `tolerance` its
    /// `--rules.alert.for-outage-tolerance`.
    package func restoreAsPrometheus(
        from memory: AlertMemory, at now: Instant, gracePeriod: Duration = .seconds(600),
        tolerance: Duration = .seconds(3600)
    ) {
        guard memory.isSound, now - memory.taken <= tolerance else { return }
        restoration = Restoration(memory, gracePeriod: gracePeriod)
    }
}

extension Instant {
    fileprivate var wholeSecond: Instant {
        let part = milliseconds % 1000
        return Instant(milliseconds: milliseconds - (part < 0 ? part + 1000 : part))
    }
}
