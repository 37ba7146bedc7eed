// LongRunningAction: one saga, as a MicroProfile LRA coordinator keeps it.

/// The words of the LRA specification.
enum LRAStatus: String, Sendable, CaseIterable {
    case active = "Active"
    case closing = "Closing"
    case closed = "Closed"
    case cancelling = "Cancelling"
    case cancelled = "Cancelled"
    case failedToClose = "FailedToClose"
    case failedToCancel = "FailedToCancel"

    var isEnding: Bool { self == .closing || self == .cancelling }
}

struct LongRunningAction: Sendable {
    /// The last segment of its URL.
    var id: String
    /// With the parent as a query where it is nested.
    var url: String
    var client: String
    var parent: String?
    var status = LRAStatus.active
    var started: Int64
    /// When it began to end; while it is active, when its time limit ends, or 0.
    var finished: Int64 = 0
    var participants: [Participant] = []
    /// A first try to end it left something owing.
    var isRecovering = false
    /// Counts the tries of all sagas: the lowest waits the longest for its next one.
    var lastTry = 0

    /// Where the participants are called in turn: the last joined first, as 1.0.1 does.
    var order: [Int] { Array(participants.indices.reversed()) }

    /// What has become of it; nil while a participant owes something.
    var outcome: LRAStatus? {
        guard status.isEnding,
            participants.allSatisfy({ $0.call(ending: status, saga: url) == nil })
        else { return nil }
        let failed = participants.contains { $0.progress == .failed }
        if status == .closing { return failed ? .failedToClose : .closed }
        return failed ? .failedToCancel : .cancelled
    }

    var json: JSON {
        [
            "lraId": .string(url), "clientId": .string(client),
            "status": .string(status.rawValue), "startTime": .integer(started),
            "finishTime": .integer(finished), "httpStatus": status == .active ? 204 : 200,
            "recovering": .bool(status.isEnding), "topLevel": .bool(parent == nil),
        ]
    }
}
