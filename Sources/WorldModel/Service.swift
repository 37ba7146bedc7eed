// Service: the instances of one name, and what they make of it.
package import Events

/// One instance as some registry knows it.
package struct Instance: Sendable, Equatable {
    package var told: ServiceInstance
    package var feed: FeedID
    /// Since when its health has been what it is; nil where it was so when we came.
    package var since: Instant?
}

/// One service; immutable, so that snapshots share it.
package final class Service: Sendable, Equatable {
    package let name: String
    /// The sickest first, then by id.
    package let instances: [Instance]
    /// From its instances: critical from a third of them on, warning from one on.
    package let health: Health
    package let critical: Int
    package let warning: Int
    package let maintenance: Int
    /// Alive, but nobody checks how well.
    package let unknown: Int
    /// When the health of an instance last changed, or one came or went; nil if not since we came.
    package let changed: Instant?
    /// Of its alerts that fire; nil where none does.
    package let loudest: Severity?
    /// The registries that know it.
    package let feeds: [FeedID]

    init(name: String, instances: [Instance], changed: Instant?, loudest: Severity? = nil) {
        (self.name, self.changed, self.loudest) = (name, changed, loudest)
        self.instances = instances.sorted { one, other in
            one.told.health == other.told.health
                ? one.told.id < other.told.id : one.told.health > other.told.health
        }
        var counts: [Health: Int] = [:]
        var feeds: [FeedID] = []
        for instance in instances where !feeds.contains(instance.feed) {
            feeds.append(instance.feed)
        }
        self.feeds = feeds
        for instance in instances { counts[instance.told.health, default: 0] += 1 }
        critical = counts[.critical] ?? 0
        warning = counts[.warning] ?? 0
        maintenance = counts[.maintenance] ?? 0
        unknown = counts[.unknown] ?? 0
        if critical > 0, critical * 3 >= instances.count {
            health = .critical
        } else {
            health = critical + warning > 0 ? .warning : .passing
        }
    }

    /// What tells an instance from the others in few words: its id, and the node where it needs one.
    package func name(of instance: Instance) -> String {
        let hasNamesake = instances.contains {
            $0.told.instanceID == instance.told.instanceID && $0.told.node != instance.told.node
        }
        return hasNamesake ? instance.told.id : instance.told.instanceID
    }

    /// Instances that take traffic as far as their registry knows.
    package var up: Int { instances.count - critical - maintenance }

    /// Its health, or an alert that is more than information, asks for somebody.
    package var isSick: Bool { health >= .warning || loudest.map { $0 > .info } ?? false }

    /// Where all is well the row still tells of maintenance, and of what nobody checks.
    package var shown: Health {
        guard health == .passing else { return health }
        if maintenance > 0 { return .maintenance }
        return unknown > 0 ? .unknown : .passing
    }

    package static func == (one: Service, other: Service) -> Bool {
        one === other
            || one.name == other.name && one.instances == other.instances
                && one.changed == other.changed && one.loudest == other.loudest
    }

    /// By health, then the loudest alert, then what nobody checks, then share down, then newest
    /// change, then name.
    static func isSicker(_ one: Service, _ other: Service) -> Bool {
        if one.health != other.health { return one.health > other.health }
        if one.loudest != other.loudest {
            guard let loudest = one.loudest, let otherLoudest = other.loudest else {
                return one.loudest != nil
            }
            return loudest > otherLoudest
        }
        if one.shown != other.shown { return one.shown > other.shown }
        let shares = (one.critical * other.instances.count, other.critical * one.instances.count)
        if shares.0 != shares.1 { return shares.0 > shares.1 }
        let changes = (one.changed?.milliseconds ?? 0, other.changed?.milliseconds ?? 0)
        if one.shown != .passing, changes.0 != changes.1 { return changes.0 > changes.1 }
        return one.name < other.name
    }
}
