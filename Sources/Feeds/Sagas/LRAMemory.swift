// LRAMemory: the sagas we know, and which of those that vanished may be said to have ended.
import Events

/// The coordinator forgets an LRA the moment it is over; only its absence tells.
///
/// After a restart the list is empty for up to 11 s, and every id answers 404, before all come back
/// one by one: absence proves an end only while the coordinator stays up. A saga that vanished alone
/// is believed at the second look. One that vanished with most others, or while the coordinator did
/// not answer, is held for ``patience``, or until a saga that the same process began since then
/// shows that it never went down.
struct LRAMemory: Sendable {
    static let patience = Duration.seconds(30)
    /// What is over is told again in a new run for this long.
    private static let remembrance = Duration.seconds(1800)
    private static let mostOver = 2000
    /// How far the coordinator's clock may run before ours.
    private static let clockSlack = Duration.seconds(2)

    private struct Absence: Sendable {
        var since: Instant
        var heldUntil: Instant
        /// In how many lists in a row it was missing.
        var looks = 1
    }

    private struct Known: Sendable {
        var saga: Saga
        var absence: Absence?
    }

    private var known: [String: Known] = [:]
    private var over: [String: (saga: Saga, at: Instant)] = [:]
    private var hadGap = false

    /// Everything that is to be shown, by id.
    var sagas: [Saga] {
        (known.values.map(\.saga) + over.values.map(\.saga)).sorted { $0.id < $1.id }
    }

    /// Sagas that vanished, and are not believed to have ended until a while has passed.
    func heldCount(at now: Instant) -> Int {
        known.values.count { entry in entry.absence.map { $0.heldUntil > now } ?? false }
    }

    /// Nobody looked for a while, or a look failed: a restart in between was not seen.
    mutating func noteGap() { hadGap = true }

    /// Returns the sagas that are new or changed.
    mutating func take(_ listing: LRAListing, at now: Instant) -> [Saga] {
        let fresh = listing.sagas.values.filter { known[$0.id] == nil && over[$0.id] == nil }
        var changed: [Saga] = []
        let listedBefore = known.values.count { $0.absence == nil }
        for (id, saga) in listing.sagas {
            if known[id]?.saga != saga { changed.append(saga) }
            known[id] = Known(saga: saga)
            over[id] = nil
        }
        guard listing.unread.isEmpty else { return changed.sorted { $0.id < $1.id } }
        noteAbsences(listing, listedBefore: listedBefore, at: now)
        for saga in fresh { release(since: saga, at: now) }
        forget(at: now)
        return changed.sorted { $0.id < $1.id }
    }

    /// Those that vanished and are not held, the longest gone first.
    func suspects(at now: Instant) -> [String] {
        var free: [(since: Instant, id: String)] = []
        for (id, entry) in known {
            guard let absence = entry.absence, absence.heldUntil <= now else { continue }
            free.append((absence.since, id))
        }
        return free.sorted { $0 < $1 }.map(\.id)
    }

    /// Ends those of `suspects` that are proven to be gone; returns what ended or changed.
    ///
    /// The coordinator was asked for some of them by id: it no longer knows those that are `gone`.
    /// Where it still knows one, `found`, its list was not whole, and the others wait.
    mutating func settle(
        _ suspects: [String], gone: Set<String>, found: [Saga], at now: Instant
    ) -> [Saga] {
        var changed: [Saga] = []
        for saga in found {
            if known[saga.id]?.saga != saga { changed.append(saga) }
            known[saga.id] = Known(saga: saga)
        }
        for id in suspects {
            guard var saga = known[id]?.saga, let absence = known[id]?.absence else { continue }
            if !gone.contains(id), !found.isEmpty {
                known[id]?.absence?.heldUntil = now + Self.patience
            } else if gone.contains(id) || absence.looks > 1 {
                if saga.end() { changed.append(saga) }
                known[id] = nil
                over[id] = (saga, now)
            }
        }
        return changed.sorted { $0.id < $1.id }
    }

    private mutating func noteAbsences(
        _ listing: LRAListing, listedBefore: Int, at now: Instant
    ) {
        let missing = known.keys.filter { listing.sagas[$0] == nil }
        let vanished = missing.filter { known[$0]?.absence == nil }
        let isSudden = vanished.count * 2 > listedBefore
        let hold = now + Self.patience
        for id in missing {
            guard var absence = known[id]?.absence else {
                known[id]?.absence = Absence(
                    since: now, heldUntil: isSudden || hadGap ? hold : now)
                continue
            }
            absence.looks += 1
            if hadGap { absence.heldUntil = hold }
            known[id]?.absence = absence
        }
        hadGap = false
    }

    /// Ends the hold on what vanished before `fresh` began in the same process.
    private mutating func release(since fresh: Saga, at now: Instant) {
        guard let started = fresh.started, let process = SagaID.process(fresh.id) else { return }
        for (id, entry) in known {
            guard let absence = entry.absence, absence.heldUntil > now,
                absence.since + Self.clockSlack < started, SagaID.process(id) == process
            else { continue }
            known[id]?.absence?.heldUntil = now
        }
    }

    private mutating func forget(at now: Instant) {
        over = over.filter { now - $0.value.at <= Self.remembrance }
        guard over.count > Self.mostOver else { return }
        let oldest = over.sorted { $0.value.at < $1.value.at }.prefix(over.count - Self.mostOver)
        for (id, _) in oldest { over[id] = nil }
    }
}

extension Saga {
    /// Whether its end is news: a state that is an end already says more than `ended`.
    fileprivate mutating func end() -> Bool {
        switch state {
        case .completed, .compensated, .failed, .ended: return false
        case .running, .compensating, .unknown:
            state = .ended
            return true
        }
    }
}
