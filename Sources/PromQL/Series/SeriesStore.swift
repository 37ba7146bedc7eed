// SeriesStore: all series and their samples, in memory.
package import Events

/// A series in its store, by number.
///
/// When the store forgets a series, all of whose samples were too old, its number is void: what is
/// appended to it is refused, and the series is to be asked for again.
package struct SeriesID: Hashable, Sendable {
    let slot: Int32
    /// Tells series apart that had one slot after each other.
    let life: Int32
}

/// The series that rules read: appended to by the engine, evaluated on the same thread.
///
/// It belongs to whoever made it, as the compiler checks: neither appending nor evaluating needs a
/// lock. What a screen shows is copied out by an evaluation.
package final class SeriesStore {
    /// The farthest moment from 1970 that is reckoned with, in milliseconds: some 140,000 years.
    static let farthest: UInt64 = 1 << 52

    package let limits: StoreLimits
    package private(set) var account = StoreAccount()

    private(set) var entries: [Entry] = []
    private(set) var index = LabelIndex()
    private var ids: [Labels: SeriesID] = [:]
    private var free: [Int32] = []
    private var trimmed: Instant?
    /// Series in the order of their making, for selections that only have to look at new ones.
    private(set) var made: [Int32] = []
    /// Rises when series are forgotten: what was selected before is void.
    private(set) var forgetting = 0
    var names = NameClock()

    /// A series: its labels, its samples, and its metric's place in ``names``.
    struct Entry {
        var labels: Labels
        var runs = SeriesRuns()
        var name: Int
        var life: Int32 = 0
    }

    package init(limits: StoreLimits = StoreLimits()) {
        self.limits = limits
    }

    /// The series of these labels, made if it is new.
    ///
    /// - Returns: nil where there are as many series as may be. It is counted.
    package func series(of labels: Labels) -> SeriesID? {
        if let known = ids[labels] { return known }
        guard ids.count < limits.series else {
            account.withoutSeries += 1
            return nil
        }
        let labels = index.shared(labels)
        let slot = free.popLast() ?? Int32(entries.count)
        var entry = Entry(labels: labels, name: names.place(of: labels[Labels.nameLabel]))
        if slot < entries.count {
            entry.life = entries[Int(slot)].life
            entries[Int(slot)] = entry
        } else {
            entries.append(entry)
        }
        let id = SeriesID(slot: slot, life: entry.life)
        ids[labels] = id
        index.insert(slot, labels)
        made.append(slot)
        account.series = ids.count
        account.bytes += Self.bytes(of: labels)
        return id
    }

    /// Adds a sample.
    ///
    /// Samples of a series come in order of time: an older one is refused and counted, a second value
    /// for the same moment replaces the first.
    ///
    /// - Returns: false where the series was forgotten meanwhile: ask for it again.
    @discardableResult
    package func append(_ value: Double, to id: SeriesID, at time: Instant) -> Bool {
        record(id, at: time) { $0.append(value, at: time.milliseconds) }
    }

    /// Adds the samples of one moment: a scrape, or a tick.
    package func append(_ samples: [(SeriesID, Double)], at time: Instant) {
        for (id, value) in samples { append(value, to: id, at: time) }
    }

    /// Adds a sample of the series of these labels, made if it is new.
    package func append(_ value: Double, to labels: Labels, at time: Instant) {
        if let id = series(of: labels) { append(value, to: id, at: time) }
    }

    /// Lets a series have a value from now on, sampled now and at every multiple of `interval`.
    ///
    /// It costs nothing more until something else is said of the series.
    ///
    /// - Returns: false where the series was forgotten meanwhile: ask for it again.
    @discardableResult
    package func hold(
        _ value: Double, of id: SeriesID, from time: Instant, every interval: Duration
    ) -> Bool {
        let interval = UInt32(clamping: max(1, interval.milliseconds))
        return record(id, at: time) { $0.hold(value, at: time.milliseconds, every: interval) }
    }

    /// Says that a series has no value any more.
    package func markStale(_ id: SeriesID, at time: Instant) {
        append(.stale, to: id, at: time)
    }

    private func record(
        _ id: SeriesID, at time: Instant, _ change: (inout SeriesRuns) -> SeriesRuns.Append
    ) -> Bool {
        let slot = Int(id.slot)
        guard entries.indices.contains(slot), entries[slot].life == id.life else { return false }
        guard time.milliseconds.magnitude <= Self.farthest else {
            account.outOfOrder += 1
            return true
        }
        guard hasRoom(at: time) else {
            account.withoutRoom += 1
            return true
        }
        // Making room may have forgotten this very series.
        guard entries[slot].life == id.life else { return false }
        let before = entries[slot].runs.bytes
        let outcome = change(&entries[slot].runs)
        account.bytes += entries[slot].runs.bytes - before
        switch outcome {
        case .stored: names.touch(entries[slot].name)
        case .replaced:
            account.replaced += 1
            names.touch(entries[slot].name)
        case .repeated: break
        case .outOfOrder: account.outOfOrder += 1
        }
        return true
    }

    /// Whether a sample may come; makes room first, but not more often than every ten seconds.
    private func hasRoom(at time: Instant) -> Bool {
        guard account.bytes >= limits.bytes else { return true }
        if trimmed.map({ time - $0 > .seconds(10) }) ?? true { trim(at: time) }
        return account.bytes < limits.bytes
    }

    /// Forgets what is older than the retention, and more where the limit on bytes is met.
    ///
    /// It looks at every series: call it every minute or so.
    package func trim(at now: Instant) {
        trimmed = now
        var horizon = now - limits.retention
        forget(before: horizon)
        if let earlier = account.shortenedTo, earlier <= horizon { account.shortenedTo = nil }
        // An eighth of the limit is kept free, so that the next minute's samples find room.
        let goal = limits.bytes - limits.bytes / 8
        while account.bytes > goal, now - horizon > .seconds(60) {
            horizon = horizon + .milliseconds((now - horizon).milliseconds / 4)
            forget(before: horizon)
            account.shortenedTo = max(horizon, account.shortenedTo ?? horizon)
        }
    }

    private func forget(before horizon: Instant) {
        var gone: [(series: Int32, labels: Labels)] = []
        for (labels, id) in ids {
            let slot = Int(id.slot)
            let before = entries[slot].runs.bytes
            entries[slot].runs.forget(before: horizon.milliseconds)
            if entries[slot].runs.isEmpty {
                gone.append((id.slot, labels))
                account.bytes -= before + Self.bytes(of: labels)
            } else {
                account.bytes += entries[slot].runs.bytes - before
            }
        }
        guard !gone.isEmpty else { return }
        for (slot, labels) in gone {
            ids[labels] = nil
            names.touch(entries[Int(slot)].name)
            let life = entries[Int(slot)].life &+ 1
            entries[Int(slot)] = Entry(labels: Labels(), name: 0, life: life)
        }
        free += gone.map(\.series)
        index.remove(gone)
        account.series = ids.count
        made.removeAll()
        forgetting += 1
        forgetNames()
    }

    /// Forgets the names of metrics that came and went, where they are the most.
    private func forgetNames() {
        guard names.count > 1000 + 2 * index.values(of: Labels.nameLabel).count else { return }
        names.placeAnew()
        for (labels, id) in ids {
            entries[Int(id.slot)].name = names.place(of: labels[Labels.nameLabel])
        }
    }

    /// About what a series takes without its samples: its labels, its place in four lists and maps.
    private static func bytes(of labels: Labels) -> Int {
        160 + labels.pairs.reduce(0) { $0 + 40 + $1.value.utf8.count }
    }
}
