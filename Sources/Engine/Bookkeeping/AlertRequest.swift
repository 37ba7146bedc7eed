// AlertRequest: what the operator asks of the alert store, and what came of it.
package import AlertStores
package import Events
package import WorldModel

package enum AlertRequest: Sendable {
    /// An order for each of these alerts, by fingerprint.
    case order(AlertOrder, on: [String])
    case mute([LabelMatcher], until: Instant, comment: String)
    case unmute(Mute.ID)
}

package enum AlertReply: Sendable {
    /// What became of it for each alert, in order.
    case ordered([OrderOutcome])
    case muted(Mute)
    /// Somebody ended it before, or it is unknown.
    case notMuted
    /// Nothing was written, or nobody knows: why, as a sentence.
    case failed(String)
}
