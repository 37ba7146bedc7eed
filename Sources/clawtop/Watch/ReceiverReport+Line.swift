// ReceiverReport, line: what `clawtop watch` says of a receiver in trouble.
import Events
import Notifying

extension ReceiverReport {
    /// For who reads standard error.
    var sentence: String {
        switch self {
        case .failed(let failure): failure.description
        case .recovered(let receiver): "\(receiver) is told of alerts again"
        }
    }

    /// For who reads the lines.
    func line(at now: Instant) -> JSONText {
        switch self {
        case .failed(let failure):
            .object([
                ("time", .moment(now)), ("event", .string("notification_failed")),
                ("receiver", .string(failure.receiver)), ("reason", .string(failure.reason)),
                ("count", .integer(Int64(failure.count))), ("retried", .bool(!failure.isFinal)),
            ])
        case .recovered(let receiver):
            .object([
                ("time", .moment(now)), ("event", .string("notification_recovered")),
                ("receiver", .string(receiver)),
            ])
        }
    }
}
