// ConsulAnswer: what Consul says in the headers of each answer.
package import Network

package struct ConsulAnswer: Sendable {
    let answer: HTTPAnswer
    /// Asked with `?stale`: as this server last heard it, perhaps without a leader.
    var isStale = false
    /// The leader's answer was asked for first, and there was none.
    var lostLeader = false

    /// Bytes of the body, which is not kept where it was read piece by piece.
    var size: Int

    package init(_ answer: HTTPAnswer) {
        self.answer = answer
        size = answer.body.count
    }

    var status: Int { answer.status }

    /// The index for the next blocking query; nil where there is none to go on from.
    ///
    /// Errors carry an index of 1 that means nothing. The 404 of an empty KV tree is no error.
    package var index: UInt64? {
        guard status == 200 || status == 404 else { return nil }
        return answer.headers["X-Consul-Index"].flatMap(UInt64.init)
    }

    /// ACLs left something out.
    package var isFiltered: Bool {
        answer.headers["X-Consul-Results-Filtered-By-ACLs"]?.lowercased() == "true"
    }

    /// Who has no token sees nothing, and is not told so: the answer is just empty.
    package var isDeniedByDefault: Bool {
        answer.headers["X-Consul-Default-ACL-Policy"]?.lowercased() == "deny"
    }

    /// The server that answered hears its leader.
    ///
    /// Streaming answers always say that it does not; only the other backend is believed.
    var hearsLeader: Bool {
        let lastContact = answer.headers["X-Consul-LastContact"].flatMap(Int.init) ?? 0
        return answer.headers["X-Consul-KnownLeader"]?.lowercased() == "true" && lastContact < 1000
    }

    /// The refusals of a cluster without a leader, in the words that its servers use.
    var saysNoLeader: Bool {
        guard status == 500 else { return false }
        let words = String(decoding: answer.body.prefix(300), as: UTF8.self)
        return [
            "No cluster leader", "rpc error getting client", "lead thread didn't get connection",
            "Raft leader not found",
        ].contains(where: words.contains)
    }
}

/// Where a blocking query stands.
///
/// Source: <https://developer.hashicorp.com/consul/api-docs/features/blocking>
struct ConsulIndex: Equatable, Sendable {
    /// Nil: ask once without an index.
    ///
    /// After an error an index may be one of a former life of the server, higher than all that it
    /// knows: then the query would hang for its whole wait.
    private(set) var value: UInt64?

    enum Movement {
        case moved
        /// The wait ended, or the server does not block at all.
        case stood
        /// The server was restored or began anew: what it told before is no more.
        case fellBack
    }

    /// Takes over the index of a good answer; 0 would never block, 1 stands for it.
    mutating func take(_ index: UInt64?) -> Movement {
        guard let index else {
            value = nil
            return .stood
        }
        let next = max(1, index)
        defer { value = next }
        guard let value else { return .moved }
        if next < value { return .fellBack }
        return next == value ? .stood : .moved
    }

    /// Whether the wait of a query that was asked with this index ended, and all is as it was.
    ///
    /// A server that does not block answers sooner; its index says nothing.
    func stands(at index: UInt64?, after waiting: Duration) -> Bool {
        guard let value, let index else { return false }
        return max(1, index) == value && waiting >= ConsulServer.wait / 2
    }

    mutating func forget() {
        value = nil
    }
}

/// How fast a loop may go on: ten answers a second, and a few more in a burst.
struct Pace: Sendable {
    private var credit = 5.0
    private var last: Int64?

    /// How long to wait before the next answer is asked for.
    mutating func wait(at milliseconds: Int64) -> Duration {
        let passed = last.map { Double(milliseconds - $0) } ?? 0
        last = milliseconds
        credit = min(5, credit + passed / 100) - 1
        return credit >= 0 ? .zero : .milliseconds(Int64(-credit * 100))
    }
}
