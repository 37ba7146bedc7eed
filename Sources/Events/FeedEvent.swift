// FeedEvent: which sources there are, and how they are doing.

/// `name/world`, unique in a session: `consul/registry`.
package typealias FeedID = String

/// The worlds that a feed can tell about; the keys under `feeds` in the configuration.
package enum WatchedWorld: String, Codable, CaseIterable, Sendable {
    case registry, config, sagas, traces, metrics
}

/// The systems that clawtop speaks with.
package enum FeedKind: String, Codable, CaseIterable, Sendable {
    case consul, etcd, lra, zipkin, metrics, prometheus, alertmanager

    /// The worlds that `--feed KIND=URL` watches.
    package var worlds: [WatchedWorld] {
        switch self {
        case .consul, .etcd: [.registry, .config]
        case .lra: [.sagas]
        case .zipkin: [.traces]
        case .metrics, .prometheus, .alertmanager: [.metrics]
        }
    }
}

/// One row of the feeds: a server, and what of it is watched.
package struct FeedSource: Hashable, Codable, Sendable, Identifiable {
    /// The name in the configuration, else the kind: `consul`, or `consul-2` for the second one.
    package var name: String
    package var kind: FeedKind
    package var world: WatchedWorld
    /// For people; never holds a password.
    package var address: String
    /// The one that is asked for, where the configuration names it.
    package var datacenter: String?

    package init(
        name: String, kind: FeedKind, world: WatchedWorld, address: String,
        datacenter: String? = nil
    ) {
        (self.name, self.kind, self.world, self.address) = (name, kind, world, address)
        self.datacenter = datacenter
    }

    package var id: FeedID { "\(name)/\(world.rawValue)" }

    /// What is watched, whatever a configuration calls it: `consul registry consul:8500 dc1`.
    package var reference: String {
        ([kind.rawValue, world.rawValue, address] + [datacenter].compactMap(\.self))
            .joined(separator: " ")
    }
}

/// What the supervisor says of a feed.
package enum FeedEvent: Hashable, Codable, Sendable {
    /// The source answered all that was asked: its data is as of now.
    ///
    /// `note` counts what it holds and names what it refuses, for people: `318 instances`.
    /// `requests` were sent since the last event of this feed.
    case answered(note: String, requests: Int)
    /// What is shown is the last answer; `reason` says what happened since.
    case stale(reason: String, requests: Int)
    /// Nothing can be said; tries go on, the next one after `retryIn`.
    case lost(reason: String, retryIn: Duration, requests: Int)
}
