// EtcdView: what is known of a keyspace, and what each answer makes of it.

/// What a keyspace tells its feed.
enum EtcdNews: Hashable, Sendable {
    /// All keys; others are gone.
    case listed([EtcdPair])
    /// Keys put, in order, and names of keys that are gone.
    case changed([EtcdPair], gone: [String])
    /// Nothing happened, and the server said so.
    case unchanged
}

/// A whole keyspace at one revision.
package struct EtcdListing: Hashable, Sendable {
    package var revision: Int64
    package var pairs: [EtcdPair]
}

/// The revisions seen, and the keys known, between a list and the next one.
struct EtcdView {
    /// The revision of each key's last change.
    private(set) var keys: [String: Int64] = [:]
    /// Where the next watch begins.
    private(set) var next: Int64
    /// The greatest revision of the store that anybody told.
    private(set) var newest: Int64
    /// The open watch has said that it is there.
    private(set) var isWatching = false
    /// The last check counted other keys than we know.
    private var isInDoubt = false

    enum Step: Hashable {
        case tell(EtcdNews)
        /// The watch cannot go on from here: list again, tell what differs.
        case listAgain
        /// The store went back, as after a restore: forget all.
        case startOver
        case refused(String)
        case nothing
    }

    init(_ listing: EtcdListing) {
        (next, newest) = (listing.revision + 1, listing.revision)
        for pair in listing.pairs { keys[pair.name] = pair.changedAt }
    }

    /// What a second list changes.
    mutating func replace(with listing: EtcdListing) -> EtcdNews {
        let old = keys
        self = EtcdView(listing)
        let changed = listing.pairs.filter { old[$0.name] != $0.changedAt }
        let gone = old.keys.filter { keys[$0] == nil }.sorted()
        return changed.isEmpty && gone.isEmpty ? .unchanged : .changed(changed, gone: gone)
    }

    mutating func watchOpens() {
        isWatching = false
    }

    mutating func apply(_ result: EtcdWatchResult) -> Step {
        if result.isCreated { isWatching = true }
        if result.isCanceled { return Self.ending(result) }
        return result.events.isEmpty ? .nothing : .tell(apply(result.events))
    }

    /// A check's count and revision; both are the quorum's, not one member's.
    mutating func check(count: Int64, revision: Int64) -> Step {
        guard revision >= newest else { return .startOver }
        let hasMoved = revision > newest
        newest = revision
        // No word of the watch: something in between holds it back. Then we poll.
        if !isWatching, hasMoved { return .listAgain }
        // The watch may be a moment behind; a whole check later it is deaf.
        let differs = count != Int64(keys.count)
        if differs, isInDoubt { return .listAgain }
        isInDoubt = differs
        return .tell(.unchanged)
    }

    /// The header's revision may be ahead of the events when they catch up: only theirs counts.
    private mutating func apply(_ events: [EtcdEvent]) -> EtcdNews {
        var changed: [String: EtcdPair] = [:]
        var gone: Set<String> = []
        for event in events {
            let name = event.pair.name
            next = max(next, event.pair.changedAt + 1)
            if event.isDelete {
                (changed[name], keys[name]) = (nil, nil)
                gone.insert(name)
            } else {
                (changed[name], keys[name]) = (event.pair, event.pair.changedAt)
                gone.remove(name)
            }
        }
        newest = max(newest, next - 1)
        isInDoubt = false
        return .changed(changed.values.sorted { $0.name < $1.name }, gone: gone.sorted())
    }

    private static func ending(_ result: EtcdWatchResult) -> Step {
        if (result.compactedAt ?? 0) > 0 { return .listAgain }
        guard let reason = result.cancelReason, !reason.isEmpty else { return .listAgain }
        return .refused(reason)
    }
}
