// AlertBook: the ledgers and mutes that the alert store told of, and what they come to.
package import Events

package struct AlertBook: Sendable, Equatable {
    /// Alerts that get worse together: another one of them that fires breaks an acknowledgement.
    private struct Group: Hashable, Sendable {
        var name, place: String

        init(_ ledger: AlertLedger) {
            name = ledger.name
            let service = ledger.labels["service"]
            place = service.isEmpty ? ledger.labels["job"] : service
        }
    }

    package private(set) var policy: AcknowledgementPolicy
    package private(set) var ledgers: [String: AlertLedger] = [:]
    /// Those of the store and those of Alertmanagers, the newest first; ended ones too.
    package private(set) var mutes: [Mute] = []
    /// Whether the store has told anything yet.
    package private(set) var isRead = false
    /// Why the store can be neither read nor written; nil while it can.
    package private(set) var problem: String?
    /// What is wrong with what the store holds, or held: a sentence each.
    package private(set) var remarks: [String] = []
    package private(set) var revision = 0
    private var standings: [String: AlertStanding] = [:]
    /// Whose acknowledgement may end.
    private var held: Set<String> = []
    /// What fires, by group.
    private var groups: [Group: Set<String>] = [:]
    private var own: [Mute.ID: Mute] = [:]
    private var foreign: [FeedID: [Mute]] = [:]
    private var matchers: [Mute.ID: MatcherSet] = [:]

    package init(policy: AcknowledgementPolicy = AcknowledgementPolicy()) { self.policy = policy }

    package static func == (one: Self, other: Self) -> Bool {
        one.policy == other.policy && one.ledgers == other.ledgers && one.mutes == other.mutes
            && one.isRead == other.isRead && one.problem == other.problem
            && one.remarks == other.remarks
    }

    package subscript(fingerprint: String) -> AlertStanding? { standings[fingerprint] }

    /// What fires by the store's account, in no particular order.
    package var firing: [AlertLedger] {
        groups.values.flatMap { $0.compactMap { ledgers[$0] } }
    }

    package func mute(_ id: Mute.ID) -> Mute? { mutes.first { $0.id == id } }

    /// The mute that an alert falls under: the one that ends last.
    package func mute(of labels: Labels, at now: Instant) -> Mute? {
        mutes.filter { $0.isActive(at: now) && matchers[$0.id]?.matches(labels) == true }
            .max { $0.until < $1.until }
    }

    /// How many alerts a mute has kept quiet since it began.
    package func suppressed(by mute: Mute, at now: Instant) -> Int {
        guard let matchers = matchers[mute.id] else { return 0 }
        let end = min(now, mute.ended?.at ?? mute.until)
        guard mute.start <= now else { return 0 }
        return ledgers.values.count { ledger in
            guard let standing = standings[ledger.fingerprint], let fired = standing.fired,
                fired < end,
                standing.isFiring || standing.resolved.map({ $0 > mute.start }) ?? false
            else { return false }
            return matchers.matches(ledger.labels)
        }
    }

    /// When something ends by itself next; nil where nothing does.
    func nextEnd(after now: Instant) -> Instant? {
        let holds = held.compactMap { standings[$0]?.hold(at: now)?.until }
        let bounds = mutes.flatMap { $0.ended == nil ? [$0.start, $0.until] : [] }
        return (holds + bounds).filter { $0 > now }.min()
    }

    /// Acknowledgements that do not hold any more, and of which the store does not know yet.
    package func breaks(at now: Instant) -> [(ledger: AlertLedger, reason: BreakReason)] {
        held.sorted().compactMap { fingerprint in
            guard let ledger = ledgers[fingerprint], let standing = standings[fingerprint] else {
                return nil
            }
            if let over = standing.unwrittenBreak(at: now) { return (ledger, over.reason) }
            guard let hold = standing.hold(at: now) else { return nil }
            return newcomer(beside: ledger, since: hold.at).map { (ledger, $0) }
        }
    }

    private func newcomer(beside ledger: AlertLedger, since moment: Instant) -> BreakReason? {
        let others = groups[Group(ledger)] ?? []
        let newcomers = others.compactMap { other in
            other != ledger.fingerprint && standings[other]?.since.map { $0 > moment } == true
                ? ledgers[other] : nil
        }
        guard let worst = newcomers.max(by: { $0.severity < $1.severity }) else { return nil }
        return worst.severity > ledger.severity
            ? .escalated(to: worst.severity) : .joined(by: worst.words(beside: ledger))
    }

    /// Returns what the ledger of changes should say of it.
    mutating func apply(_ event: StoreEvent, at now: Instant) -> [Change] {
        revision += 1
        switch event {
        case .lost(let reason):
            problem = reason
            return []
        case .remarked(let remarks):
            self.remarks = remarks
            return []
        case .listed(let ledgers, let mutes):
            (self.ledgers, standings, held, groups, own) = ([:], [:], [], [:], [:])
            (isRead, problem) = (true, nil)
            _ = take(ledgers)
            take(mutes)
            return []
        case .changed(let ledgers, let mutes):
            problem = nil
            let changes = take(ledgers)
            take(mutes)
            return changes
        }
    }

    /// What an Alertmanager says is silenced there.
    mutating func take(silences: [Mute], of feed: FeedID) {
        revision += 1
        foreign[feed] = silences
        arrangeMutes()
    }

    private mutating func take(_ mutes: [Mute]) {
        for mute in mutes where mute.revision >= own[mute.id]?.revision ?? 0 { own[mute.id] = mute }
        arrangeMutes()
    }

    private mutating func arrangeMutes() {
        // The silence of a mute of ours is no other mute; of one that was ended, it holds still.
        let theirs = foreign.values.joined().filter { silence in
            guard let mute = silence.mark.flatMap({ own[$0.mute] }) else { return true }
            return mute.ended != nil
        }
        mutes = (Array(own.values) + theirs).sorted { ($1.start, $0.id) < ($0.start, $1.id) }
        let before = matchers
        matchers = [:]
        for mute in mutes {
            matchers[mute.id] = before[mute.id] ?? (try? MatcherSet(mute.matchers))
        }
    }

    private mutating func take(_ ledgers: [AlertLedger]) -> [Change] {
        var changes: [Change] = []
        for ledger in ledgers {
            let before = self.ledgers[ledger.fingerprint]
            // Answers may overtake each other.
            guard ledger.revision >= before?.revision ?? 0 else { continue }
            let standing = AlertStanding(ledger, policy: policy)
            let known = Set(before?.entries.map(\.id) ?? [])
            changes += ledger.entries.filter { !known.contains($0.id) }
                .compactMap { $0.change(of: ledger, owner: standings[ledger.fingerprint]) }
            self.ledgers[ledger.fingerprint] = ledger
            standings[ledger.fingerprint] = standing
            if standing.isHeld {
                held.insert(ledger.fingerprint)
            } else {
                held.remove(ledger.fingerprint)
            }
            if standing.isFiring {
                groups[Group(ledger), default: []].insert(ledger.fingerprint)
            } else {
                groups[Group(ledger)]?.remove(ledger.fingerprint)
            }
        }
        return changes
    }
}

extension AlertLedger {
    /// What tells it from another one of its group: `instance=payment-2`.
    fileprivate func words(beside other: AlertLedger) -> String {
        let differing = labels.pairs.filter { other.labels[$0.name] != $0.value }
        return differing.isEmpty
            ? name : differing.prefix(2).map { "\($0.name)=\($0.value)" }.joined(separator: " ")
    }
}

extension LedgerEntry {
    /// What an operator did, or what ended it, as a line among the changes.
    fileprivate func change(of ledger: AlertLedger, owner: AlertStanding?) -> Change? {
        let service = ledger.labels["service"]
        let subject = service.isEmpty ? ledger.name : service
        let words: String? =
            switch deed {
            case .acknowledged(let given):
                "\(by) \(given.takesOver ? "took over" : "has") \(ledger.name)"
            case .unacknowledged: "\(by) gave \(ledger.name) back"
            case .broken(let reason): "\(ledger.name) is not acknowledged any more: \(reason.words)"
            case .noted(let text): "\(by) on \(ledger.name): \(text)"
            case .fired, .resolved, .notified: nil
            }
        return words.map { Change(.alert, subject, $0) }
    }
}
