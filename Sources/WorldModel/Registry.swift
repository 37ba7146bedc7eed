// Registry: the services of all registries, joined by name and kept in order.
package import Events

package struct Registry: Sendable, Equatable {
    var services = Shards<String, Service>()
    /// The sickest first; kept here, so that no frame sorts.
    package internal(set) var sickestFirst: [Service] = []
    /// Counts up with each change, so that views know when to look again.
    package internal(set) var revision = 0
    /// Of services whose alerts fire.
    var loudness: [String: Severity] = [:]
    /// Services by ``Service/health``.
    package private(set) var counts: [Health: Int] = [:]
    package private(set) var instanceCount = 0
    /// How often the health of an instance has changed.
    package private(set) var transitions = 0
    private var listedFeeds: Set<FeedID> = []

    package subscript(name: String) -> Service? { services[name] }
    package var count: Int { sickestFirst.count }

    /// Returns what the ledger should say of it.
    mutating func apply(_ event: RegistryEvent, from feed: FeedID, at now: Instant) -> [Change] {
        var batch = Batch(feed: feed, now: now, isFirst: listedFeeds.insert(feed).inserted)
        switch event {
        case .listed(let listings):
            let names = Set(listings.map(\.service))
            for service in sickestFirst
            where !names.contains(service.name) && service.feeds.contains(feed) {
                update(service.name, to: [], &batch)
            }
            for listing in listings { update(listing.service, to: listing.instances, &batch) }
        case .changed(let listings, let gone):
            for listing in listings { update(listing.service, to: listing.instances, &batch) }
            for name in gone { update(name, to: [], &batch) }
        }
        reorder(removed: batch.removed, added: batch.added)
        return batch.changes
    }

    /// What one event did.
    private struct Batch {
        var feed: FeedID
        var now: Instant
        /// The feed's first list: nothing in it is news.
        var isFirst: Bool
        var removed: [Service] = []
        var added: [Service] = []
        var changes: [Change] = []
    }

    /// Gives `feed`'s part of a service new instances; those of other feeds stay.
    private mutating func update(
        _ name: String, to told: [ServiceInstance], _ batch: inout Batch
    ) {
        let before = services[name]
        var old: [String: Instance] = [:]
        var instances: [Instance] = []
        for instance in before?.instances ?? [] {
            if instance.feed == batch.feed {
                old[instance.told.id] = instance
            } else {
                instances.append(instance)
            }
        }
        var isNews = false
        for one in told {
            let known = old.removeValue(forKey: one.id)
            let isSame = known?.told.health == one.health
            if !isSame { isNews = true }
            if !isSame, known != nil { transitions += 1 }
            let since = isSame ? known?.since : batch.isFirst ? nil : batch.now
            instances.append(Instance(told: one, feed: batch.feed, since: since))
            note(one, known, &batch)
        }
        for gone in old.values.sorted(by: { $0.told.id < $1.told.id }) {
            isNews = true
            batch.changes.append(Change(.left, name, "\(gone.told.instanceID) left"))
        }
        let changed = isNews && !batch.isFirst ? batch.now : before?.changed
        replace(before, by: name, instances, changed, &batch)
    }

    private mutating func replace(
        _ before: Service?, by name: String, _ instances: [Instance], _ changed: Instant?,
        _ batch: inout Batch
    ) {
        if let before {
            batch.removed.append(before)
            counts[before.health, default: 0] -= 1
            instanceCount -= before.instances.count
        }
        guard !instances.isEmpty else {
            services[name] = nil
            return
        }
        let after = Service(
            name: name, instances: instances, changed: changed, loudest: loudness[name])
        services[name] = after
        batch.added.append(after)
        counts[after.health, default: 0] += 1
        instanceCount += instances.count
        if let before, !batch.isFirst { tellHealth(of: after, before: before, &batch) }
    }

    /// A service that turns critical, or is so no more, is news wherever one looks.
    private func tellHealth(of after: Service, before: Service, _ batch: inout Batch) {
        guard after.health != before.health,
            after.health == .critical || before.health == .critical
        else { return }
        let state = after.health == .critical ? "critical" : "no longer critical"
        let share = "\(after.up)/\(after.instances.count)"
        batch.changes.append(Change(.health, after.name, "\(share) up, \(state)"))
    }

    /// Tells the ledger of an instance that came, or that runs another configuration now.
    private func note(_ one: ServiceInstance, _ known: Instance?, _ batch: inout Batch) {
        guard let known else {
            if !batch.isFirst {
                batch.changes.append(Change(.joined, one.service, "\(one.instanceID) joined"))
            }
            return
        }
        if let version = one.configVersion, version != known.told.configVersion {
            batch.changes.append(
                Change(.reload, one.service, "\(one.instanceID) runs \(version)"))
        }
    }
}
