// ConsulView: the last answer to a query by state, held against the next one.

/// What a list of checks in one state said last.
struct ConsulView: Sendable {
    /// A check as far as its absence will tell something.
    struct Seen: Equatable, Sendable {
        var key: ConsulCheck.Key
        var modified: UInt64
        var service: String
        var isOfNode: Bool
    }

    /// What is different in a new answer.
    struct Difference {
        /// Checks that came, or changed.
        var came: [ConsulCheck] = []
        /// Checks that are no longer in this state.
        var left: [Seen] = []
    }

    /// The services that have such a check.
    private(set) var services: Set<String> = []
    private var seen: [ConsulCheck.Key: Seen] = [:]

    func contains(_ key: ConsulCheck.Key) -> Bool { seen[key] != nil }

    mutating func take(_ checks: [ConsulCheck]) -> Difference {
        var difference = Difference()
        var now: [ConsulCheck.Key: Seen] = [:]
        now.reserveCapacity(checks.count)
        for check in checks {
            let state = Seen(
                key: check.key, modified: check.modified, service: check.service,
                isOfNode: check.isOfNode)
            now[check.key] = state
            if seen[check.key] != state { difference.came.append(check) }
        }
        difference.left = seen.values.filter { now[$0.key] == nil }
        seen = now
        services = Set(checks.lazy.filter { !$0.isOfNode }.map(\.service))
        return difference
    }
}
