// SilenceClient, synchronising: one round of making mutes and silences say the same.
package import Events

/// What came of one round.
package struct SilenceRound: Sendable {
    package var sync: SilenceSync
    /// What the Alertmanager refused, a sentence each; it is tried again in the next round.
    package var refusals: [FeedError] = []
}

extension SilenceClient {
    /// Does there what `sync` says; what it says of our store is left to the caller.
    ///
    /// Only the one that leads should, else there would be two silences of one mute for a while.
    ///
    /// - Throws: what made the round end: there is no answer at all.
    package func synchronise(
        _ ours: [Mute], at now: Instant
    ) async throws(FeedError) -> SilenceRound {
        let sync = SilenceSync(ours: ours, theirs: try await all(), at: now)
        var round = SilenceRound(sync: sync)
        for mute in sync.create {
            try await round.attempt { () async throws(FeedError) in _ = try await create(mute) }
        }
        for change in sync.update {
            try await round.attempt { () async throws(FeedError) in
                _ = try await update(change.silence, to: change.mute)
            }
        }
        for silence in sync.expire {
            try await round.attempt { () async throws(FeedError) in try await expire(silence) }
        }
        return round
    }
}

extension SilenceRound {
    fileprivate mutating func attempt(
        _ order: () async throws(FeedError) -> Void
    ) async throws(FeedError) {
        do throws(FeedError) {
            try await order()
        } catch {
            guard error.status != nil else { throw error }
            refusals.append(error)
        }
    }
}
