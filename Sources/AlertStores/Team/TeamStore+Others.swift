// TeamStore+Others: mutes, what other clawtops evaluate, and who of them leads.
package import Events
import Feeds

extension TeamStore {
    package func put(_ mute: Mute) async throws(StoreError) -> MuteOutcome {
        guard mute.isOnCalendar else { throw StoreError(beyondTimeAt: keys.name) }
        let key = layout.key(ofMute: mute.id)
        var doubt = false
        while true {
            let pair = try await ask(isUncertain: doubt) { (keys, _) async throws(FeedError) in
                try await keys.get([key])
            }.first
            if let pair, pair.revision != mute.revision {
                let known = try known(pair)
                return MuteOutcome(known, isConfirmed: known.isSame(as: mute))
            }
            if let pair { _ = try known(pair) }
            do throws(FeedError) {
                let write = SharedWrite(
                    key: key, value: StoreDocument(mute).bytes, expected: pair?.revision ?? 0)
                guard let revision = try await keys.write([write])?.first else { continue }
                var mute = mute
                mute.revision = revision
                return MuteOutcome(mute, isConfirmed: true)
            } catch {
                guard error.leavesDoubt, !doubt else {
                    throw StoreError(
                        error, at: address, isUncertain: doubt || error.leavesDoubt)
                }
                doubt = true
            }
        }
    }

    private func known(_ pair: SharedPair) throws(StoreError) -> Mute {
        do throws(UnreadableDocument) {
            return try pair.mute(layout)
        } catch {
            throw StoreError(error, under: pair.key, at: keys.name)
        }
    }

    package func tell(_ observation: Observation) async throws(StoreError) {
        try await ask(isUncertain: true) { (keys, layout) async throws(FeedError) in
            try await keys.tell(
                layout.key(ofObserver: observation.observer), observation.document,
                for: Observation.pulse * 3)
        }
    }

    package func renew(_ observer: String) async throws(StoreError) -> Bool {
        try await ask { (keys, layout) async throws(FeedError) in
            try await keys.renew(layout.key(ofObserver: observer))
        }
    }

    package func withdraw(_ observer: String) async throws(StoreError) {
        try await ask(isUncertain: true) { (keys, layout) async throws(FeedError) in
            try await keys.withdraw(layout.key(ofObserver: observer))
        }
    }

    package func observations() async throws(StoreError) -> [Observation] {
        let listing = try await ask { (keys, layout) async throws(FeedError) in
            try await keys.list(layout.observers)
        }
        return listing.pairs.compactMap { try? $0.observation(layout) }
    }

    /// Who asks must reckon `duration` from before the question: the server's count begins then.
    package func lead(
        as candidate: String, for duration: Duration
    ) async throws(StoreError) -> Bool {
        try await ask(isUncertain: true) { (keys, layout) async throws(FeedError) in
            try await keys.hold(layout.leader, as: candidate, for: duration)
        }
    }

    package func resign(_ candidate: String) async throws(StoreError) {
        try await ask(isUncertain: true) { (keys, layout) async throws(FeedError) in
            try await keys.release(layout.leader, as: candidate)
        }
    }
}
