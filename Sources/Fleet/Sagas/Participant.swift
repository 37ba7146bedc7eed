// Participant: a service that joined a saga, and what it still owes.

/// Calls a participant; nil where it could not be reached or took longer than two seconds.
package typealias ParticipantDoor = @Sendable (ParticipantCall) async -> ParticipantAnswer?

/// What the coordinator asks of a participant.
package struct ParticipantCall: Hashable, Sendable {
    /// `PUT` for complete and compensate, `GET` for status.
    package var method: String
    package var url: String
    /// For the header `Long-Running-Action`.
    package var saga: String

    package init(method: String, url: String, saga: String) {
        (self.method, self.url, self.saga) = (method, url, saga)
    }
}

package struct ParticipantAnswer: Hashable, Sendable {
    package var status: Int
    /// A word such as `FailedToCompensate`, where the status is asked for.
    package var body: String

    package init(status: Int, body: String = "") {
        (self.status, self.body) = (status, body)
    }
}

/// One participant of one saga.
struct Participant: Sendable {
    enum Progress: Sendable {
        /// To be called.
        case owing
        /// Said that it is busy, or that it failed: what is meant, its status link tells.
        case unclear
        case done
        case failed
    }

    var recoveryID: String
    var compensate: String?
    var complete: String?
    var status: String?
    var progress = Progress.owing

    /// Reads `<url>; rel="compensate", <url>; rel="complete", …`.
    init(link: String, recoveryID: String) {
        self.recoveryID = recoveryID
        for part in link.split(separator: "<") {
            let sides = part.split(separator: ">", maxSplits: 1)
            guard sides.count == 2, let relation = Self.relation(sides[1]) else { continue }
            let url = String(sides[0])
            switch relation {
            case "compensate": compensate = url
            case "complete": complete = url
            case "status": status = url
            default: continue
            }
        }
    }

    private static func relation(_ text: Substring) -> Substring? {
        guard let start = text.firstRange(of: "rel=") else { return nil }
        return text[start.upperBound...].drop { $0 == "\"" }.prefix { $0.isLetter }
    }

    /// What to ask next; nil where nothing is owed.
    func call(ending: LRAStatus, saga: String) -> ParticipantCall? {
        switch progress {
        case .done, .failed: return nil
        case .unclear:
            if let status { return ParticipantCall(method: "GET", url: status, saga: saga) }
            return order(ending, saga)
        case .owing: return order(ending, saga)
        }
    }

    private func order(_ ending: LRAStatus, _ saga: String) -> ParticipantCall? {
        let url = ending == .closing ? complete : compensate
        return url.map { ParticipantCall(method: "PUT", url: $0, saga: saga) }
    }

    /// A 404 is no end, nor is silence: both are asked again.
    mutating func take(_ answer: ParticipantAnswer?, to call: ParticipantCall) {
        switch (call.method, answer?.status) {
        case (_, 410): progress = .done
        case ("PUT", 200), ("PUT", 204): progress = .done
        case ("PUT", 202), ("PUT", 409): progress = .unclear
        case ("GET", 200): progress = Self.progress(said: answer?.body ?? "")
        default: progress = .owing
        }
    }

    private static func progress(said word: String) -> Progress {
        switch word {
        case "Compensated", "Completed": .done
        case "FailedToCompensate", "FailedToComplete": .failed
        default: .unclear
        }
    }
}
