// Bookkeeper+Requests: what the operator asks of the alert store, carried out.
import AlertStores
import Events
import WorldModel

extension Bookkeeper {
    /// Carries out what the operator asks.
    func carryOut(_ request: AlertRequest) async -> AlertReply {
        guard !settings.isReadOnly else {
            return .failed("nothing was written: the configuration says read_only: true")
        }
        guard let store else { return .failed("the alert store cannot be used: \(problem)") }
        do throws(StoreError) {
            return try await carryOut(request, store)
        } catch {
            let doubt = error.isUncertain ? "it may have been written: " : "nothing was written: "
            return .failed(doubt + error.description)
        }
    }

    private func carryOut(
        _ request: AlertRequest, _ store: any AlertStore
    ) async throws(StoreError) -> AlertReply {
        switch request {
        case .order(let order, let fingerprints):
            let world = newest.world
            // What fires on the screen is in the store before somebody has it.
            try await write(world, to: store)
            let refusals = fingerprints.compactMap { refused[$0] }
            if let refusal = refusals.first {
                return .failed("nothing was written: \(refusal.error)")
            }
            let ledgers = fingerprints.compactMap { ledger($0, world) }
            let clerk = OrderClerk(store, as: settings.person, policy: settings.policy)
            let outcomes = try await clerk.carryOut(order, on: ledgers, at: world.now)
            await tell(outcomes.map(\.ledger), [])
            return .ordered(outcomes)
        case .mute(let matchers, let until, let comment):
            let mute = Mute(
                id: LedgerEntry.newID(), matchers: matchers, start: clock.now, until: until,
                by: settings.person, comment: comment)
            return .muted(try await put(mute, store).mute)
        case .unmute(let id):
            guard var mute = newest.world.book.mute(id), mute.feed == nil, mute.ended == nil else {
                return .notMuted
            }
            mute.ended = Mute.Ending(at: clock.now, by: settings.person)
            let outcome = try await put(mute, store)
            return outcome.isConfirmed ? .muted(outcome.mute) : .notMuted
        }
    }

    private func put(
        _ mute: Mute, _ store: any AlertStore
    ) async throws(StoreError) -> MuteOutcome {
        let outcome = try await store.put(mute)
        await tell([], [outcome.mute])
        return outcome
    }
}
