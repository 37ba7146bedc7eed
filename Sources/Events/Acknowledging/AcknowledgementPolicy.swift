// AcknowledgementPolicy: how long an acknowledgement holds, and what it survives.

package struct AcknowledgementPolicy: Hashable, Codable, Sendable {
    /// An acknowledgement without an end of its own ends after this.
    package var expiry = Duration.seconds(1800)
    /// The same for single rules, by the alert's name.
    package var expiries: [String: Duration] = [:]
    /// An alert that is resolved and fires again within this flaps: its acknowledgement holds.
    package var flapWindow = Duration.seconds(300)

    package init() {}

    package func expiry(of alert: String) -> Duration { expiries[alert] ?? expiry }
}
