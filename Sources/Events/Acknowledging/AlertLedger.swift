// AlertLedger: one alert and all that happened to it, as the alert store keeps it.

package struct AlertLedger: Hashable, Codable, Sendable, Identifiable {
    /// The newest entries that are read; older ones stay in the store.
    package static let shown = 64

    /// 16 hexadecimal digits: of the alert's labels, as Alertmanager computes it.
    package var fingerprint: String
    package var name: String
    package var labels: Labels
    /// The newest ``shown`` ones, the oldest first.
    package var entries: [LedgerEntry]
    /// Grows with every entry: what a compare-and-swap compares; 0 where it is not in the store.
    package var revision: UInt64

    package init(
        fingerprint: String, name: String, labels: Labels, entries: [LedgerEntry] = [],
        revision: UInt64 = 0
    ) {
        (self.fingerprint, self.name, self.labels) = (fingerprint, name, labels)
        (self.entries, self.revision) = (entries, revision)
    }

    package var id: String { fingerprint }
    /// The entry that says that it fired last; nil where those that are read do not tell.
    package var lastFired: LedgerEntry? {
        entries.last { if case .fired = $0.deed { true } else { false } }
    }
    package var severity: Severity { Severity(label: labels["severity"]) }
}
