// OrderClerk: carries out an operator's orders against a store, whatever others do meanwhile.
package import Events
package import WorldModel

/// What became of an order for one alert.
package enum OrderOutcome: Sendable {
    /// It is in the store.
    case done(AlertLedger)
    /// The alert was resolved before: the acknowledgement is kept as a note.
    case noted(AlertLedger)
    /// Another person has it: say so, and ask whether to take it over.
    case held(AlertStanding.Hold, AlertLedger)
    /// There was nothing to do.
    case nothing(AlertLedger)

    package var ledger: AlertLedger {
        switch self {
        case .done(let ledger), .noted(let ledger), .held(_, let ledger), .nothing(let ledger):
            ledger
        }
    }
}

/// Decides by what the store holds, writes if it still holds that, and decides again where not.
package struct OrderClerk: Sendable {
    let store: any AlertStore
    let person: Person
    let policy: AcknowledgementPolicy

    package init(_ store: any AlertStore, as person: Person, policy: AcknowledgementPolicy) {
        (self.store, self.person, self.policy) = (store, person, policy)
    }

    /// Carries out the order for each of `ledgers`, which may be older than what the store holds.
    ///
    /// - Returns: what came of each, in order.
    /// - Throws: ``StoreError`` where the store does not answer, or refuses one of them; others may
    ///   have been written.
    package func carryOut(
        _ order: AlertOrder, on ledgers: [AlertLedger], at now: Instant
    ) async throws(StoreError) -> [OrderOutcome] {
        var outcomes = [OrderOutcome?](repeating: nil, count: ledgers.count)
        var left = Array(ledgers.enumerated())
        let ids = ledgers.map { _ in LedgerEntry.newID() }
        var refusal: StoreError?
        while !left.isEmpty {
            var writes: [(index: Int, isLate: Bool, write: LedgerWrite)] = []
            for (index, ledger) in left {
                let standing = AlertStanding(ledger, policy: policy)
                let decision = standing.decide(order, by: person, at: now)
                guard let deed = decision.deed else {
                    outcomes[index] = decision.outcome(ledger)
                    continue
                }
                let entry = LedgerEntry(id: ids[index], at: now, by: person, deed)
                writes.append((index, decision.isLate, LedgerWrite(ledger, entry)))
            }
            left = []
            let answers = try await store.append(writes.map(\.write))
            for (write, answer) in zip(writes, answers) {
                switch answer {
                case .conflict(let newer): left.append((write.index, newer))
                case .refused(let error): refusal = error
                case .confirmed(let ledger):
                    outcomes[write.index] = write.isLate ? .noted(ledger) : .done(ledger)
                }
            }
        }
        if let refusal { throw refusal }
        return outcomes.compactMap(\.self)
    }
}

extension AlertDecision {
    fileprivate var deed: LedgerEntry.Deed? {
        switch self {
        case .write(let deed), .tooLate(let deed): deed
        case .held, .nothing: nil
        }
    }

    fileprivate var isLate: Bool { if case .tooLate = self { true } else { false } }

    fileprivate func outcome(_ ledger: AlertLedger) -> OrderOutcome {
        if case .held(let hold) = self { .held(hold, ledger) } else { .nothing(ledger) }
    }
}

extension LedgerWrite {
    /// Only where the ledger is still as it was seen.
    package init(_ seen: AlertLedger, _ entry: LedgerEntry) {
        self.init(
            fingerprint: seen.fingerprint, name: seen.name, labels: seen.labels, entry,
            expected: seen.revision)
    }
}

extension LedgerEntry {
    package static func newID() -> String {
        UInt64.random(in: .min ... .max).hexadecimal
    }
}
