// Notice: one notification: a group of alerts, told to one receiver at one moment.
package import Events

package struct Notice: Hashable, Sendable {
    /// Why an alert is told of, now.
    package enum Occasion: Hashable, Sendable {
        case fires
        /// The receiver knew it as resolved, or of an earlier time.
        case firesAgain
        /// Nobody has it any more; the words tell why.
        case broken(String)
        /// It has fired for long since the receiver was told.
        case repeats
        case resolved
    }

    package struct Item: Hashable, Sendable {
        package var alert: NotifiedAlert
        /// Nil: it fires as the receiver knows, and is there for the sake of the others.
        package var occasion: Occasion?

        package init(_ alert: NotifiedAlert, _ occasion: Occasion?) {
            (self.alert, self.occasion) = (alert, occasion)
        }
    }

    /// More alerts than this are counted, not told, except to an Alertmanager.
    package static let most = 200

    package var receiver: ReceiverSettings
    package var environment: String
    /// What the group has in common by `group_by`.
    package var group: Labels
    /// Never empty, and never without news.
    package var items: [Item]
    package var at: Instant
    /// Alerts of the group that are not among ``items``.
    package var truncated = 0
    /// Names of the groups that wait because the receiver is told too much.
    package var heldBack: [String] = []

    package init(
        to receiver: ReceiverSettings, in environment: String = "", group: Labels, _ items: [Item],
        at moment: Instant
    ) {
        (self.receiver, self.environment, self.group) = (receiver, environment, group)
        (self.items, at) = (items, moment)
    }

    /// The notice of some of its alerts; nil where no news is among them.
    func part(_ isPart: (NotifiedAlert) -> Bool) -> Notice? {
        var part = self
        part.items = items.filter { isPart($0.alert) }
        return part.news.isEmpty ? nil : part
    }

    package var news: [Item] { items.filter { $0.occasion != nil } }
    package var isFiring: Bool { items.contains { $0.alert.isFiring } }
    package var commonLabels: Labels { common(\.labels) }
    package var commonAnnotations: Labels { common(\.annotations) }

    package var severity: Severity {
        items.filter { $0.alert.isFiring == isFiring }.map(\.alert.severity).max() ?? .info
    }

    private func common(_ labels: (NotifiedAlert) -> Labels) -> Labels {
        guard let first = items.first else { return Labels() }
        return Labels(
            labels(first.alert).pairs.filter { pair in
                items.allSatisfy { labels($0.alert)[pair.name] == pair.value }
            })
    }
}
