// OutdatedDocuments: what nobody will ask for any more, thrown away bit by bit by who writes.
import Events
import Feeds
import Synchronization

/// Documents of alerts that were resolved, and of mutes that were over, long ago.
struct OutdatedDocuments {
    /// What is over for so long is deleted.
    private static let age = Duration.seconds(90 * 86_400)
    /// What one call deletes at most.
    private static let share = 16

    private struct Document {
        var write: SharedWrite
        var over: Instant
    }

    private var documents: [Document] = []
    /// A clock that is years ahead is not believed: the store's own newest entry is later.
    private var newest = Instant.distantPast

    init() {}

    /// Of all that the store holds.
    init(_ contents: StoreContents, _ layout: StoreLayout) {
        for ledger in contents.ledgers {
            guard let last = ledger.entries.map(\.at).max() else { continue }
            newest = max(newest, last)
            guard !ledger.isFiring else { continue }
            add(layout.key(ofAlert: ledger.fingerprint), ledger.revision, last)
        }
        for mute in contents.mutes {
            let over = min(mute.until, mute.ended?.at ?? mute.until)
            add(layout.key(ofMute: mute.id), mute.revision, over)
        }
        documents.sort { $0.over < $1.over }
    }

    private mutating func add(_ key: String, _ revision: UInt64, _ over: Instant) {
        let write = SharedWrite(key: key, value: nil, expected: revision)
        documents.append(Document(write: write, over: over))
    }

    /// Those to be deleted next, the oldest first.
    mutating func next(at now: Instant) -> [SharedWrite] {
        let now = min(now, newest)
        let due = documents.prefix(Self.share).prefix { now - $0.over > Self.age }
        documents.removeFirst(due.count)
        return due.map(\.write)
    }
}

extension TeamStore {
    /// Best effort: what stays is found again by whoever reads the store next.
    func forgetOutdated(as now: Instant?) async {
        guard let now else { return }
        let due = outdated.withLock { $0.next(at: now) }
        guard !due.isEmpty else { return }
        _ = try? await keys.write(due)
    }
}
