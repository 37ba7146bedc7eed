// SagaTable: the sagas of a coordinator; no clock, no IO.
import Network

/// What a coordinator remembers: sagas that have ended are gone without a trace.
struct SagaTable: Sendable {
    private var sagas: [String: LongRunningAction] = [:]
    private var order: [String] = []
    private var count = 4
    private var tries = 0
    /// Not told about yet after a restart.
    private var silent: Set<String> = []
    /// Tells the runs of a coordinator apart in the ids it gives.
    private let run: String

    init(run: UInt32) { self.run = String(run, radix: 16) }

    /// Nil where there is none, or it is not told about.
    subscript(id: String) -> LongRunningAction? {
        silent.contains(id) ? nil : sagas[id]
    }

    var active: [LongRunningAction] { order.compactMap { self[$0] } }
    var recovering: [LongRunningAction] { active.filter(\.isRecovering) }

    /// Those that wait the longest for their next try.
    func nextToRecover(_ count: Int) -> ArraySlice<LongRunningAction> {
        recovering.sorted { $0.lastTry < $1.lastTry }.prefix(count)
    }

    mutating func start(
        at base: String, client: String, parent: String?, limit: Int64, now: Int64
    ) -> LongRunningAction {
        let id = nextID()
        let query = parent.map { "?ParentLRA=\($0.percentEncoded())" } ?? ""
        let saga = LongRunningAction(
            id: id, url: "\(base)/\(id)\(query)", client: client, parent: parent, started: now,
            finished: limit > 0 ? now + limit : 0)
        sagas[id] = saga
        order.append(id)
        return saga
    }

    private mutating func nextID() -> String {
        count += 1
        return "0_ffff7f000001_\(run)_\(String(count, radix: 16))"
    }

    /// The participant's id for its recovery; nil where the saga is not active.
    mutating func join(_ id: String, link: String) -> String? {
        guard self[id]?.status == .active else { return nil }
        let recoveryID = nextID()
        sagas[id]?.participants.append(Participant(link: link, recoveryID: recoveryID))
        return recoveryID
    }

    mutating func leave(_ id: String, recoveryID: String) {
        sagas[id]?.participants.removeAll { $0.recoveryID == recoveryID }
    }

    mutating func renew(_ id: String, limit: Int64, now: Int64) {
        sagas[id]?.finished = limit > 0 ? now + limit : 0
    }

    /// Changes nothing where it is ending already.
    mutating func end(_ id: String, _ ending: LRAStatus, now: Int64) {
        guard self[id]?.status == .active else { return }
        sagas[id]?.status = ending
        sagas[id]?.finished = now
    }

    mutating func take(
        _ answer: ParticipantAnswer?, to call: ParticipantCall, from place: Int, of id: String
    ) {
        guard let participants = sagas[id]?.participants, participants.indices.contains(place)
        else { return }
        sagas[id]?.participants[place].take(answer, to: call)
    }

    /// Forgets it where it is over, keeps it for recovery where it is not; what it is now.
    mutating func settle(_ id: String) -> LRAStatus? {
        guard let saga = sagas[id] else { return nil }
        guard let outcome = saga.outcome else {
            tries += 1
            sagas[id]?.lastTry = tries
            sagas[id]?.isRecovering = saga.status.isEnding
            return saga.status
        }
        sagas[id] = nil
        order.removeAll { $0 == id }
        return outcome
    }

    func children(of url: String) -> [String] {
        active.filter { $0.parent == url && $0.status == .active }.map(\.id)
    }

    /// Those that are being recovered are listed a second time.
    func list(_ status: LRAStatus?) -> [LongRunningAction] {
        (active + recovering).filter { status == nil || $0.status == status }
    }

    /// A coordinator that starts again tells of nothing before its first recovery.
    mutating func restart() { silent = Set(order) }
    mutating func recall() { silent = [] }
}
