// AlertMemory: what a group knows of its alerts, to be kept over a restart.
package import Events

/// The alerts of one group at one moment; whoever evaluates rules keeps it on disk.
package struct AlertMemory: Hashable, Codable, Sendable {
    /// The alerts of one rule; a rule is known by its name and its labels.
    struct RuleAlerts: Hashable, Codable, Sendable {
        var name: String
        var labels: Labels
        var alerts: [Alert]
    }

    package var file: String
    package var group: String
    /// When the program last knew.
    package var taken: Instant
    var rules: [RuleAlerts]
}

extension RuleGroupEvaluation {
    /// What is to be kept of the alerts.
    package func memory(at now: Instant) -> AlertMemory {
        let rules = rulesInOrder.map { progress in
            AlertMemory.RuleAlerts(
                name: progress.rule.name, labels: progress.rule.labels,
                alerts: progress.alerts.all)
        }
        return AlertMemory(
            file: group.file, group: group.name, taken: now,
            rules: rules.filter { !$0.alerts.isEmpty })
    }

    /// Goes on where a run of the program ended: before the first evaluation.
    ///
    /// Alerts are what they were, whatever the rule's hold duration; what they are now, the evaluations
    /// of the next minute say: one that none of them finds is over then. The time in between does not
    /// count as pending. Nothing is restored of a memory that is older than `tolerance`.
    package func restore(
        from memory: AlertMemory, at now: Instant, tolerance: Duration = .seconds(3600)
    ) {
        guard memory.isSound, now - memory.taken <= tolerance else { return }
        rulesInOrder.match(memory.rules.map(\.identity)) { progress, place in
            for var alert in memory.rules[place].alerts {
                if alert.state == .pending {
                    alert.activeAt = alert.activeAt + (now - memory.taken)
                }
                progress.alerts.restore(alert, at: now)
            }
        }
    }
}

extension AlertMemory {
    /// Whether its moments can be reckoned with: a file may hold anything.
    var isSound: Bool {
        let moments = rules.flatMap(\.alerts).flatMap { alert in
            [alert.activeAt, alert.lastEvaluation]
                + [alert.firedAt, alert.resolvedAt, alert.keepFiringSince].compactMap { $0 }
        }
        return (moments + [taken]).allSatisfy { $0.milliseconds.magnitude < 1 << 50 }
    }
}

extension AlertMemory.RuleAlerts {
    var identity: Rule.Identity { Rule.Identity(name: name, labels: labels) }
}

extension [RuleProgress] {
    /// Calls `body` for each rule that has the identity of an earlier one, and that one's place.
    ///
    /// Of several with one identity the first meets the first.
    ///
    /// - Returns: the places that no rule was met for.
    @discardableResult
    mutating func match(
        _ earlier: [Rule.Identity], _ body: (inout RuleProgress, Int) -> Void
    ) -> [Int] {
        var places: [Rule.Identity: [Int]] = [:]
        for (place, identity) in earlier.enumerated().reversed() {
            places[identity, default: []].append(place)
        }
        for index in indices {
            guard let place = places[self[index].rule.identity]?.popLast() else { continue }
            body(&self[index], place)
        }
        return places.values.flatMap { $0 }
    }
}
