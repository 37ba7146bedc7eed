// Labels: the names and values that tell one series, or one alert, from another.

/// One label of a series; two are the same where their bytes are.
package struct Label: Hashable, Sendable, Codable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    package static func == (one: Self, other: Self) -> Bool {
        one.name.hasSameBytes(as: other.name) && one.value.hasSameBytes(as: other.value)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ByteString(name))
        hasher.combine(ByteString(value))
    }
}

/// A label set: sorted by name, no name twice, no empty value (Prometheus: an empty label is none).
///
/// A copy is one reference, and the hash is computed once: sets are compared by identity first, then
/// by hash, and only then label by label.
package struct Labels: Sendable {
    /// Under this name a label set keeps its metric's name.
    package static let nameLabel = "__name__"

    private final class Storage: Sendable {
        let pairs: [Label]
        let hash: Int

        init(_ pairs: [Label]) {
            self.pairs = pairs
            hash = pairs.hashValue
        }
    }

    private static let none = Storage([])

    private var storage: Storage

    /// Sorted by the name.
    package var pairs: [Label] { storage.pairs }
    package var isEmpty: Bool { storage.pairs.isEmpty }

    package init() { storage = Self.none }

    package init(_ labels: [String: String]) {
        self.init(labels.map { Label($0.key, $0.value) })
    }

    /// Labels in any order; of two with one name the later counts, an empty value removes.
    package init(_ labels: [Label]) {
        let unsorted = zip(labels, labels.dropFirst()).contains { $0.name >= $1.name }
        guard unsorted || labels.contains(where: { $0.value.isEmpty }) else {
            storage = labels.isEmpty ? Self.none : Storage(labels)
            return
        }
        var values: [ByteString: String] = [:]
        for label in labels { values[ByteString(label.name)] = label.value }
        let pairs = values.filter { !$0.value.isEmpty }.map { Label($0.key.text, $0.value) }
        storage = Storage(pairs.sorted { $0.name.precedesInBytes($1.name) })
    }

    /// The metric's name; empty where there is none.
    package var metricName: String { self[Self.nameLabel] }

    private init(sorted pairs: [Label]) {
        storage = pairs.isEmpty ? Self.none : Storage(pairs)
    }

    /// The value of a label; empty where the set has none, as in matchers and templates.
    package subscript(_ name: String) -> String {
        get {
            for pair in storage.pairs where pair.name == name { return pair.value }
            return ""
        }
        set {
            var pairs = storage.pairs
            let place = pairs.firstIndex { $0.name >= name } ?? pairs.endIndex
            let found = place < pairs.endIndex && pairs[place].name == name
            switch (found, newValue.isEmpty) {
            case (true, true): pairs.remove(at: place)
            case (true, false): pairs[place].value = newValue
            case (false, true): return
            case (false, false): pairs.insert(Label(name, newValue), at: place)
            }
            self = Self(sorted: pairs)
        }
    }

    /// Only the labels of these names.
    package func keeping(_ names: some Collection<String>) -> Labels {
        filtered { names.contains($0) }
    }

    /// All labels but those of these names.
    package func dropping(_ names: some Collection<String>) -> Labels {
        filtered { !names.contains($0) }
    }

    private func filtered(_ isKept: (String) -> Bool) -> Labels {
        let kept = storage.pairs.filter { isKept($0.name) }
        return kept.count == storage.pairs.count ? self : Self(sorted: kept)
    }
}

extension Labels: Hashable {
    package static func == (one: Self, other: Self) -> Bool {
        one.storage === other.storage
            || (one.storage.hash == other.storage.hash && one.storage.pairs == other.storage.pairs)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(storage.hash)
    }
}

extension Labels: Comparable {
    /// The order of series in the answer of a range query: label by label, then the shorter first.
    package static func < (one: Self, other: Self) -> Bool {
        for (mine, its) in zip(one.pairs, other.pairs) where mine != its {
            return mine.name.hasSameBytes(as: its.name)
                ? mine.value.precedesInBytes(its.value) : mine.name.precedesInBytes(its.name)
        }
        return one.pairs.count < other.pairs.count
    }
}

extension Labels: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try [String: String](from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        let values = pairs.map { ($0.name, $0.value) }
        try Dictionary(values) { first, _ in first }.encode(to: encoder)
    }
}
