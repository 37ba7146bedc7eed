// ChangeLedger: what changed and when, for "what came just before?".
package import Events

/// One line of the ledger.
package struct Change: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case config, reload, joined, left, health, saga, feed, alert
    }

    package var kind: Kind
    /// The service, key or source it is about.
    package var subject: String
    package var text: String
    package var at = Instant(milliseconds: 0)

    init(_ kind: Kind, _ subject: String, _ text: String) {
        (self.kind, self.subject, self.text) = (kind, subject, text)
    }
}

/// The last changes, oldest first.
package struct ChangeLedger: Sendable, Equatable {
    /// Older ones are forgotten.
    static let most = 500

    package private(set) var all: [Change] = []
    /// How many there have been; the newest has this number, the one before it the number before.
    package private(set) var total = 0
    /// Those among them that tell how a service is, and so follow from changes of its instances.
    package private(set) var ofHealth = 0

    /// The change that was counted as `number`; nil where it is forgotten.
    package subscript(number: Int) -> Change? {
        let index = all.count - 1 - (total - number)
        return all.indices.contains(index) ? all[index] : nil
    }

    mutating func record(_ changes: [Change], at now: Instant) {
        guard !changes.isEmpty else { return }
        total += changes.count
        ofHealth += changes.count { $0.kind == .health }
        all += changes.suffix(Self.most).map { change in
            var change = change
            change.at = now
            return change
        }
        if all.count > Self.most { all.removeFirst(all.count - Self.most) }
    }
}
