// KVLocks: keys that one session holds alone.

extension KVStore {
    /// Whether the session has it now.
    mutating func lock(
        _ key: String, _ value: [UInt8], flags: UInt64, by session: String, at index: UInt64
    ) -> (held: Bool, changed: Bool) {
        let old = self[key]
        if let holder = old?.session, holder != session { return (false, false) }
        var entry = KVEntry(key: key, value: value, flags: flags)
        entry.session = session
        entry.locks = (old?.locks ?? 0) + (old?.session == nil ? 1 : 0)
        return (true, replace(old, with: entry, at: index))
    }

    /// Whether the session had it.
    mutating func unlock(
        _ key: String, _ value: [UInt8], flags: UInt64, by session: String, at index: UInt64
    ) -> (held: Bool, changed: Bool) {
        guard let old = self[key], old.session == session else { return (false, false) }
        var entry = KVEntry(key: key, value: value, flags: flags)
        entry.locks = old.locks
        return (true, replace(old, with: entry, at: index))
    }

    /// Lets go of all that the session holds, or deletes it.
    mutating func end(_ session: KVSession, at index: UInt64) -> [String] {
        let held = under("").filter { $0.session == session.id }
        for old in held {
            switch session.behavior {
            case .delete: _ = delete(old.key, if: KVCondition(), at: index)
            case .release:
                var entry = old
                entry.session = nil
                _ = replace(old, with: entry, at: index)
            }
        }
        return held.map(\.key)
    }

    /// Whether anything is another than before.
    private mutating func replace(
        _ old: KVEntry?, with entry: KVEntry, at index: UInt64
    ) -> Bool {
        if let old, old.value == entry.value, old.flags == entry.flags,
            old.session == entry.session, old.locks == entry.locks
        {
            return false
        }
        var entry = entry
        (entry.created, entry.modified) = (old?.created ?? index, index)
        set(entry, at: index)
        return true
    }
}
