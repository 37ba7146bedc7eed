// ReceiverReport: what is to be said of a receiver: that it cannot be told, or that it can again.

package enum ReceiverReport: Hashable, Sendable {
    case failed(NotificationFailure)
    case recovered(receiver: String)
}

/// Why alerts could not be told; without secrets.
package struct NotificationFailure: Hashable, Sendable, CustomStringConvertible {
    package var receiver: String
    /// As in `(http://10.0.0.7:9000) answered 503`.
    package var reason: String
    /// What the alerts have in common, mostly their name.
    package var subject: String
    /// How many alerts.
    package var count: Int
    /// It is not tried again.
    package var isFinal: Bool

    package var description: String {
        let alerts = count == 1 ? "an alert" : "\(count) alerts"
        return "\(receiver) \(reason): \(alerts) of \(subject) "
            + (isFinal ? "could not be told" : "will be told later")
    }
}
