// Record: what writers were told of their entries, held against what the store has.
import AlertStores
import Events
import Synchronization
import TestKit
import Testing

struct Record {
    private(set) var confirmed = 0
    private var known: [LedgerEntry.ID: LedgerEntry] = [:]
    private var open: [LedgerEntry.ID: LedgerEntry] = [:]

    mutating func confirm(_ writes: [LedgerWrite]) {
        confirmed += 1
        for write in writes { known[write.entry.id] = write.entry }
    }

    mutating func doubt(_ writes: [LedgerWrite]) {
        for write in writes { open[write.entry.id] = write.entry }
    }

    /// Each entry that was confirmed stands once, and none that nobody wrote; a long document has
    /// lost its oldest ones.
    func check(_ store: any AlertStore) async throws {
        var found: Set<String> = []
        var isCut = false
        for fingerprint in WriterScript.fingerprints {
            let entries = try await store.ledger(fingerprint, limit: .max)?.entries ?? []
            isCut = isCut || entries.count >= 200
            for entry in entries {
                #expect(entry == known[entry.id] ?? open[entry.id], "nobody wrote \(entry.id)")
                #expect(found.insert(entry.id).inserted, "twice: \(entry.id)")
            }
        }
        let lost = known.keys.filter { !found.contains($0) }
        #expect(lost.isEmpty || isCut, "confirmed, and lost: \(lost.sorted())")
    }
}

/// What one writer was told, while a test looks on.
final class Lines: Sendable {
    enum Fate { case confirmed, doubted, refused }

    private let state = Mutex(
        (record: Record(), waiter: CheckedContinuation<Void, Never>?.none, mark: 0))

    var record: Record { state.withLock { $0.record } }

    func add(_ writes: [LedgerWrite], _ fate: Fate) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            switch fate {
            case .confirmed: state.record.confirm(writes)
            case .doubted: state.record.doubt(writes)
            case .refused: break
            }
            guard state.record.confirmed >= state.mark else { return nil }
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }

    func wait(confirmed count: Int) async {
        await withCheckedContinuation { waiter in
            let isThere = state.withLock { state in
                guard state.record.confirmed < count else { return true }
                (state.waiter, state.mark) = (waiter, count)
                return false
            }
            if isThere { waiter.resume() }
        }
    }
}
