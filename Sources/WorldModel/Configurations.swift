// Configurations: the keys of the config centres, their versions and who runs which.
package import Events

/// A version that a key had.
package struct PastVersion: Sendable, Equatable {
    package var version: String
    package var label: String?
    /// When the next one took its place.
    package var until: Instant

    /// What people call it.
    package var name: String { label ?? version }
}

/// One key as we know it.
package struct Configuration: Sendable, Equatable {
    package var entry: ConfigEntry
    package var feed: FeedID
    /// When we saw it change; nil where it has been so since we came.
    package var changed: Instant?
    /// The entry before the last change, for the diff.
    package var previous: ConfigEntry?
    /// Older versions, newest first, at most 16.
    package var history: [PastVersion] = []

    /// Whether anything of its value could be read.
    package var isReadable: Bool { entry.label != nil || !entry.fields.isEmpty }

    /// What people call its version: the label, else the store's count.
    package var versionName: String { entry.label ?? entry.version }

    /// Fields that differ from the version before; nil stands for "not there".
    package var differences: [(name: String, before: String?, after: String?)] {
        guard let previous else { return [] }
        var before: [String: String] = [:]
        for field in previous.fields { before[field.name] = field.value }
        var result: [(name: String, before: String?, after: String?)] = []
        for field in entry.fields {
            let old = before.removeValue(forKey: field.name)
            if old != field.value { result.append((field.name, old, field.value)) }
        }
        for (name, value) in before.sorted(by: { $0.key < $1.key }) {
            result.append((name, value, nil))
        }
        return result
    }

    /// Whether `version`, as an instance says it, is this entry's.
    package func isRunning(_ version: String) -> Bool {
        version == entry.version || version == entry.label
    }
}

package struct Configurations: Sendable, Equatable {
    private var byFeed: [FeedID: [String: Configuration]] = [:]
    /// All keys, by key.
    package private(set) var all: [Configuration] = []
    package private(set) var revision = 0
    private var byService: [String: [Configuration]] = [:]

    package subscript(feed: FeedID, key: String) -> Configuration? { byFeed[feed]?[key] }

    /// The keys of one service, the environment given first.
    package func of(_ service: String, in environment: String) -> [Configuration] {
        (byService[service] ?? []).sorted { one, other in
            let wanted = (
                one.entry.environment == environment, other.entry.environment == environment
            )
            return wanted.0 == wanted.1 ? one.entry.key < other.entry.key : wanted.0
        }
    }

    /// Returns what the ledger should say of it.
    mutating func apply(_ event: ConfigEvent, from feed: FeedID, at now: Instant) -> [Change] {
        let isFirst = byFeed[feed] == nil
        var known = byFeed[feed] ?? [:]
        var changes: [Change] = []
        switch event {
        case .listed(let entries):
            let keys = Set(entries.map(\.key))
            for key in known.keys.sorted() where !keys.contains(key) {
                changes += remove(key, from: &known)
            }
            for entry in entries {
                changes += put(entry, in: &known, feed, isFirst ? nil : now)
            }
        case .changed(let entries, let gone):
            for entry in entries { changes += put(entry, in: &known, feed, now) }
            for key in gone { changes += remove(key, from: &known) }
        }
        byFeed[feed] = known
        all = byFeed.values.flatMap(\.values).sorted {
            ($0.entry.key, $0.feed) < ($1.entry.key, $1.feed)
        }
        byService = Dictionary(
            grouping: all.lazy.filter { $0.entry.service != nil }, by: { $0.entry.service ?? "" })
        revision += 1
        return changes
    }

    private func remove(_ key: String, from known: inout [String: Configuration]) -> [Change] {
        guard let old = known.removeValue(forKey: key) else { return [] }
        return [Change(.config, old.entry.service ?? key, "\(shortened(key)) was deleted")]
    }

    private func put(
        _ entry: ConfigEntry, in known: inout [String: Configuration], _ feed: FeedID,
        _ now: Instant?
    ) -> [Change] {
        guard let old = known[entry.key] else {
            known[entry.key] = Configuration(entry: entry, feed: feed, changed: now)
            guard now != nil else { return [] }
            return [
                Change(.config, entry.service ?? entry.key, "\(shortened(entry.key)) is new")
            ]
        }
        guard old.entry != entry else { return [] }
        var new = old
        (new.entry, new.previous, new.changed) = (entry, old.entry, now ?? old.changed)
        if let now {
            new.history.insert(
                PastVersion(version: old.entry.version, label: old.entry.label, until: now), at: 0)
            new.history = Array(new.history.prefix(16))
        }
        known[entry.key] = new
        return [Change(.config, entry.service ?? entry.key, describe(new, after: old))]
    }

    /// `payment/production v41 → v42   timeout_ms 2000 → 200`.
    private func describe(_ new: Configuration, after old: Configuration) -> String {
        let fields = new.differences.filter { $0.name != "version" }.prefix(3).map {
            "\($0.name) \($0.before ?? "–") → \($0.after ?? "–")"
        }
        let versions = "\(shortened(new.entry.key)) \(old.versionName) → \(new.versionName)"
        return ([versions] + fields).joined(separator: "  ")
    }

    /// A key without the prefix that all keys share.
    private func shortened(_ key: String) -> String {
        key.split(separator: "/").suffix(2).joined(separator: "/")
    }
}
