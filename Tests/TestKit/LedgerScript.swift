// LedgerScript: an alert's history told as a short script.
package import Events

extension Person {
    package static let ana = Person(user: "ana", host: "desk")
    package static let bo = Person(user: "bo", host: "laptop")
}

extension AlertLedger {
    /// What happened to an alert, each with the second it happened at; the revision counts it.
    package init(
        _ name: String, _ labels: [String: String] = [:],
        _ history: [(second: Int, by: Person, deed: LedgerEntry.Deed)]
    ) {
        let labels = labels.merging(["alertname": name]) { given, _ in given }
        let fingerprint = name + labels.sorted { $0.key < $1.key }.map { $0.value }.joined()
        let entries = history.enumerated().map { index, line in
            LedgerEntry(
                id: "\(fingerprint)-\(index)", at: .second(line.second), by: line.by, line.deed)
        }
        self.init(
            fingerprint: fingerprint, name: name, labels: Labels(labels), entries: entries,
            revision: UInt64(entries.count))
    }
}

extension LedgerEntry.Deed {
    package static let fires = Self.fired(value: 1)

    package static func has(
        until second: Int?, note: String = "", takesOver: Bool = false
    ) -> Self {
        .acknowledged(
            Acknowledgement(until: second.map { .second($0) }, note: note, takesOver: takesOver))
    }
}
