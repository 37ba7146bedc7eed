// ReceiverSettings: whom alerts are told to, by which way, which of them, and how often.

package struct ReceiverSettings: Hashable, Sendable {
    /// The way to a receiver; an address may be a secret, as those of chat rooms are.
    package enum Channel: Hashable, Sendable {
        /// Posts there in Alertmanager's webhook format.
        case webhook(Secret)
        /// A program and its arguments, without a shell between.
        case command([String])
        /// An Alertmanager, which tells others itself.
        case alertmanager(Secret)
        /// The terminal's bell.
        case bell
        /// A notice of the terminal's desktop.
        case desktop
    }

    /// In `group_by`: each alert is told by itself.
    package static let everyLabel = "..."

    /// Unique among receivers: ledgers say by it who was told.
    package var name: String
    package var channel: Channel
    package var token: Secret?
    /// A certificate authority's file, a client certificate and its key, in PEM.
    package var authorityFile: String?
    package var certificateFile: String?
    package var keyFile: String?
    /// The longest that one try may take.
    package var deadline = Duration.seconds(10)

    /// Only alerts that are at least so severe.
    package var severity = Severity.info
    /// Only alerts for which all of these hold.
    package var matchers: [LabelMatcher] = []

    /// Alerts with equal values of these labels are told together.
    package var groupBy = ["alertname"]
    /// From the first news of a group until it is told, so that a storm is one notification.
    package var groupWait = Duration.seconds(5)
    /// Between two notifications of a group, unless the news are worse than what was told.
    package var groupInterval = Duration.seconds(60)
    /// After this it is told again that an alert fires and nobody has it; nil: never.
    package var repeatInterval: Duration? = .seconds(4 * 3600)

    package init(name: String, _ channel: Channel) {
        (self.name, self.channel) = (name, channel)
        switch channel {
        case .webhook, .command: return
        case .bell, .desktop:
            (groupWait, groupInterval, repeatInterval) = (.seconds(1), .seconds(10), nil)
        case .alertmanager:
            // It groups and waits itself, and takes for resolved what it does not hear of again.
            (groupBy, groupWait, groupInterval) = ([], .zero, .zero)
            repeatInterval = .seconds(60)
        }
    }

    /// Whether it is in front of this clawtop's own screen, and therefore told by each clawtop.
    package var isLocal: Bool { channel == .bell || channel == .desktop }

    /// Whether it is told again and again of all that fires, whoever has it.
    package var isKeptAlive: Bool {
        if case .alertmanager = channel { return true }
        return false
    }
}
