// LRAListing: the coordinator's list as sagas, each of them once.
import Events

/// One row of the coordinator's list.
///
/// `finishTime` of an active LRA is its time limit; of others, when it began to end.
/// Source: <https://github.com/jbosstm/lra> (LRAData)
struct LRARow: Decodable {
    var lraId: String
    var clientId: String?
    var status: String?
    var startTime: Int64?
    var finishTime: Int64?

    var saga: Saga {
        let word = status ?? ""
        let state = LRAStatus.state(word)
        let ending = word == "Active" ? nil : finishTime
        return Saga(
            id: SagaID.short(lraId), name: clientId ?? "", state: state, engineState: word,
            started: Self.instant(startTime), ending: Self.instant(ending),
            parent: SagaID.parent(lraId))
    }

    /// The coordinator writes 0 for a time that it does not know.
    private static func instant(_ milliseconds: Int64?) -> Instant? {
        milliseconds.flatMap { $0 > 0 ? Instant(milliseconds: $0) : nil }
    }
}

/// The words of the LRA specification.
enum LRAStatus {
    /// In the order in which they are asked for one by one.
    static let all = [
        "Active", "Cancelling", "Closing", "FailedToCancel", "FailedToClose", "Cancelled", "Closed",
    ]

    static func state(_ word: String) -> SagaState {
        switch word {
        case "Active", "Closing": .running
        case "Cancelling": .compensating
        case "Closed": .completed
        case "Cancelled": .compensated
        case "FailedToCancel", "FailedToClose": .failed
        default: .unknown
        }
    }

    /// How far on its way an LRA is; a closed nested one may still be cancelled with its parent.
    fileprivate static func progress(_ word: String) -> Int {
        switch word {
        case "Active": 1
        case "Closing": 2
        case "Cancelling": 3
        case "Closed": 4
        case "Cancelled": 5
        case "FailedToCancel", "FailedToClose": 6
        default: 0
        }
    }
}

/// What one look at the coordinator showed.
struct LRAListing {
    /// By id; a recovering LRA is listed twice, and its most advanced row counts.
    private(set) var sagas: [String: Saga] = [:]
    /// The states that could not be read; what is in them is neither listed nor gone.
    var unread: [String] = []
    /// The whole list failed, and was put together state by state.
    var isPieced = false

    mutating func add(_ rows: [LRARow]) {
        for saga in rows.lazy.map(\.saga) {
            sagas[saga.id] = sagas[saga.id].map { Self.further($0, saga) } ?? saga
        }
    }

    private static func further(_ one: Saga, _ other: Saga) -> Saga {
        let isOther = LRAStatus.progress(other.engineState) > LRAStatus.progress(one.engineState)
        var saga = isOther ? other : one
        let rest = isOther ? one : other
        saga.started = saga.started ?? rest.started
        if saga.engineState == rest.engineState { saga.ending = saga.ending ?? rest.ending }
        return saga
    }
}
