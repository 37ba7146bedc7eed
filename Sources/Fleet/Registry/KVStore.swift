// KVStore: Consul's keys and values, with the tombstones by which a deletion is noticed.

/// One key; Consul keeps neither history nor author.
struct KVEntry: Sendable {
    var key: String
    var value: [UInt8]
    var flags: UInt64 = 0
    var created: UInt64 = 0
    var modified: UInt64 = 0
    /// The session that holds it as a lock.
    var session: String?
    /// How often it was locked.
    var locks: UInt64 = 0
}

/// What a write may ask for first.
struct KVCondition: Sendable {
    /// The ModifyIndex that the key must have; 0 means that it must not exist.
    var modified: UInt64?

    func holds(for entry: KVEntry?) -> Bool {
        modified.map { $0 == entry?.modified ?? 0 } ?? true
    }
}

struct KVStore: Sendable {
    private var entries: [String: KVEntry] = [:]
    private var tombstones: [String: UInt64] = [:]
    private(set) var tableIndex: UInt64 = 1

    subscript(key: String) -> KVEntry? { entries[key] }

    /// Sorted by key.
    func under(_ prefix: String) -> [KVEntry] {
        entries.values.filter { $0.key.hasPrefix(prefix) }.sorted { $0.key < $1.key }
    }

    /// When this key was last written or deleted; 0 where it never was.
    func changed(_ key: String) -> UInt64 {
        max(entries[key]?.modified ?? 0, tombstones[key] ?? 0)
    }

    /// When a key with this prefix was last written or deleted; 0 where none ever was.
    func changed(under prefix: String) -> UInt64 {
        let written = entries.values.lazy.filter { $0.key.hasPrefix(prefix) }.map(\.modified).max()
        let deleted = tombstones.lazy.filter { $0.key.hasPrefix(prefix) }.map(\.value).max()
        return max(written ?? 0, deleted ?? 0)
    }

    /// Whether the condition held, and whether anything changed: the same value again does not.
    mutating func put(
        _ key: String, _ value: [UInt8], flags: UInt64 = 0, if condition: KVCondition,
        at index: UInt64
    ) -> (held: Bool, changed: Bool) {
        let old = entries[key]
        guard condition.holds(for: old) else { return (false, false) }
        if let old, old.value == value, old.flags == flags { return (true, false) }
        // A plain write does not ask who holds the lock.
        entries[key] = KVEntry(
            key: key, value: value, flags: flags, created: old?.created ?? index, modified: index,
            session: old?.session)
        tombstones[key] = nil
        tableIndex = index
        return (true, true)
    }

    mutating func delete(
        _ key: String, if condition: KVCondition, at index: UInt64
    ) -> (held: Bool, changed: Bool) {
        guard condition.holds(for: entries[key]) else { return (false, false) }
        guard entries.removeValue(forKey: key) != nil else { return (true, false) }
        tombstones[key] = index
        tableIndex = index
        return (true, true)
    }

    mutating func set(_ entry: KVEntry, at index: UInt64) {
        entries[entry.key] = entry
        tombstones[entry.key] = nil
        tableIndex = index
    }

    /// Whether there was anything to delete.
    mutating func delete(under prefix: String, at index: UInt64) -> Bool {
        let gone = entries.keys.filter { $0.hasPrefix(prefix) }
        for key in gone {
            entries[key] = nil
            tombstones[key] = index
        }
        if !gone.isEmpty { tableIndex = index }
        return !gone.isEmpty
    }
}
