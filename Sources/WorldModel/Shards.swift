// Shards: a dictionary in many small pieces, so that a changed copy shares nearly all of it.

/// Copy-on-write by shard: after a snapshot, a change copies one piece instead of everything.
struct Shards<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private static var count: Int { 256 }
    private var pieces: [[Key: Value]] = Array(repeating: [:], count: count)

    subscript(key: Key) -> Value? {
        get { pieces[index(key)][key] }
        _modify { yield &pieces[index(key)][key] }
    }

    /// Everything, in no order.
    var all: some Sequence<(key: Key, value: Value)> {
        pieces.lazy.flatMap { $0 }
    }

    var count: Int { pieces.reduce(0) { $0 + $1.count } }

    private func index(_ key: Key) -> Int {
        Int(UInt(bitPattern: key.hashValue) % UInt(Self.count))
    }
}

extension Shards: Equatable where Value: Equatable {}
