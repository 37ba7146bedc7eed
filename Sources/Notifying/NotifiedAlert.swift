// NotifiedAlert: one alert as receivers are told of it: where it stands, who has it, who knows.
package import Events

package struct NotifiedAlert: Hashable, Sendable, Identifiable {
    /// An acknowledgement that does not hold any more.
    package struct Break: Hashable, Sendable {
        package var words: String
        package var at: Instant

        package init(_ words: String, at moment: Instant) { (self.words, at) = (words, moment) }
    }

    package var fingerprint: String
    package var name: String
    package var labels: Labels
    package var annotations: Labels
    /// Since when it fires, or fired last; flapping does not count.
    package var since: Instant
    /// When it was resolved; nil while it fires.
    package var ended: Instant?
    /// How often it was resolved and fired again within the flap window.
    package var flaps = 0
    package var isAcknowledged = false
    package var isMuted = false
    package var broken: Break?
    /// Another engine evaluates it, and tells others itself.
    package var isForeign = false
    /// What receivers, by name, were told last, by the alert's ledger.
    package var told: [String: Telling] = [:]

    package init(
        fingerprint: String, name: String, labels: Labels, annotations: Labels = Labels(),
        since: Instant, ended: Instant? = nil
    ) {
        (self.fingerprint, self.name, self.labels) = (fingerprint, name, labels)
        (self.annotations, self.since, self.ended) = (annotations, since, ended)
    }

    package var id: String { fingerprint }
    package var isFiring: Bool { ended == nil }
    package var severity: Severity { Severity(label: labels["severity"]) }
}

/// What a receiver was told of an alert last.
package struct Telling: Hashable, Sendable {
    package var at: Instant
    package var isResolved: Bool

    package init(at moment: Instant, isResolved: Bool) {
        (at, self.isResolved) = (moment, isResolved)
    }
}

/// Something that a receiver was told, for the alert's ledger.
package struct Delivery: Hashable, Sendable {
    package var alert: NotifiedAlert
    package var receiver: String
    package var telling: Telling

    /// What is to be written.
    package var deed: LedgerEntry.Deed {
        .notified(receiver: receiver, isResolved: telling.isResolved)
    }
}
