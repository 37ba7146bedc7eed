// TeamStore+Append: entries on their way into documents, whatever others write meanwhile.
import Events
import Feeds

extension TeamStore {
    /// How often one document is tried for: with each loss another writer has won.
    private static let patience = 32

    package func append(_ writes: [LedgerWrite]) async throws(StoreError) -> [LedgerOutcome] {
        var round = AppendRound(writes, layout, at: keys.name)
        for attempt in 0..<Self.patience where !round.isOver {
            let wanted = round.open.keys.filter { attempt > 0 || !round.makesNew($0) }
            round.take(try await stored(wanted.sorted(), isUncertain: round.isUncertain))
            for batch in round.drafts().batches(of: keys.batch) {
                try await write(batch, &round)
            }
        }
        guard round.isOver else {
            throw StoreError(
                "\(address): others write the same alert all the time; try again",
                isUncertain: round.isUncertain)
        }
        await forgetOutdated(as: writes.last?.entry.at)
        return round.outcomes
    }

    private func stored(
        _ wanted: [String], isUncertain: Bool
    ) async throws(StoreError) -> [String: SharedPair] {
        var found: [String: SharedPair] = [:]
        let size = keys.batch.writes
        for start in stride(from: 0, to: wanted.count, by: size) {
            let some = Array(wanted[start..<min(start + size, wanted.count)])
            let pairs = try await ask(isUncertain: isUncertain) {
                (keys, _) async throws(FeedError) in try await keys.get(some)
            }
            for pair in pairs { found[pair.key] = pair }
        }
        return found
    }

    /// Where one of them came too late none is written: then each is tried alone.
    private func write(
        _ batch: [AppendDraft], _ round: inout AppendRound
    ) async throws(StoreError) {
        let revisions: [UInt64]?
        do throws(FeedError) {
            revisions = try await keys.write(batch.map(\.write))
        } catch {
            // No answer: what is there by now is looked up, once.
            guard error.leavesDoubt, !round.hasDoubted else {
                throw StoreError(
                    error, at: address, isUncertain: round.isUncertain || error.leavesDoubt)
            }
            round.hasDoubted = true
            return
        }
        if let revisions {
            for (draft, revision) in zip(batch, revisions) { round.settle(draft, revision) }
        } else if batch.count > 1 {
            for draft in batch { try await write([draft], &round) }
        }
    }
}

/// A document with entries that the store's does not have yet.
struct AppendDraft {
    var ledger: AlertLedger
    var write: SharedWrite
    /// Places among the calls' entries, and whether each is in the document.
    var verdicts: [(place: Int, isConfirmed: Bool)]
}
