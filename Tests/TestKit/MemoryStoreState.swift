// MemoryStoreState: what a store in memory holds, and the rules by which it changes.
import AlertStores
import Events

struct MemoryStoreState {
    var now = Duration.zero
    var failure: StoreError?
    var losesAnswer = false
    var refusals: [String: StoreError] = [:]
    var position: UInt64 = 0
    var ledgers: [String: AlertLedger] = [:]
    var mutes: [Mute.ID: Mute] = [:]
    var told: [String: (at: Duration, observation: Observation)] = [:]
    var lead: (candidate: String, until: Duration)?
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var tickets: UInt64 = 0

    func contents(
        ledgers isWanted: (AlertLedger) -> Bool, and isWantedMute: (Mute) -> Bool
    ) -> StoreContents {
        var contents = StoreContents(
            ledgers: ledgers.values.filter(isWanted).map { $0.limited(to: AlertLedger.shown) }
                .sorted { $0.revision < $1.revision },
            mutes: mutes.values.filter(isWantedMute).sorted { $0.revision < $1.revision },
            position: StorePosition(index: position))
        contents.remarks = refusals.values.map(\.description).sorted()
        return contents
    }

    mutating func append(_ write: LedgerWrite) -> LedgerOutcome {
        if let refusal = refusals[write.fingerprint] { return .refused(refusal) }
        var ledger =
            ledgers[write.fingerprint]
            ?? AlertLedger(fingerprint: write.fingerprint, name: write.name, labels: write.labels)
        let shown = ledger.limited(to: AlertLedger.shown)
        if ledger.entries.contains(where: { $0.id == write.entry.id }) { return .confirmed(shown) }
        guard (write.expected ?? ledger.revision) == ledger.revision else {
            return .conflict(shown)
        }
        position += 1
        ledger.entries.append(write.entry)
        ledger.revision = position
        ledgers[write.fingerprint] = ledger
        return .confirmed(ledger.limited(to: AlertLedger.shown))
    }

    mutating func wake() {
        for waiter in waiters.values { waiter.resume() }
        waiters = [:]
    }
}

extension AlertLedger {
    /// By the last entry that says so.
    var isFiring: Bool {
        for entry in entries.reversed() {
            switch entry.deed {
            case .fired: return true
            case .resolved: return false
            default: continue
            }
        }
        return false
    }
}
