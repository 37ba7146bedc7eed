// RuleGroupEvaluation, reload: rule files that are read again, and groups that end.
package import Events

extension RuleGroupEvaluation {
    /// Goes on where the same group of an earlier reading of its file was: before the first evaluation.
    ///
    /// Rules of the same name and labels keep their alerts, also where they changed otherwise. The
    /// series of rules that are gone end at the next evaluation. A group that did not change at all
    /// needs no new evaluation: keep the old one.
    package func takeOver(from earlier: RuleGroupEvaluation) {
        let identities = earlier.rulesInOrder.map(\.rule.identity)
        let gone = rulesInOrder.match(identities) { progress, place in
            progress.alerts = earlier.rulesInOrder[place].alerts
            progress.written = earlier.rulesInOrder[place].written
        }
        orphaned = earlier.orphaned
        for place in gone { orphaned.take(over: earlier.rulesInOrder[place].written) }
        restoration = earlier.restoration
    }

    /// Ends the series of a group that is gone; Prometheus waits two intervals before.
    package func end(at now: Instant) {
        for index in rulesInOrder.indices {
            rulesInOrder[index].written.write([], to: store, at: now - group.queryOffset)
        }
        orphaned.write([], to: store, at: now - group.queryOffset)
    }
}
