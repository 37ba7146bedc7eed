// WriterScript: what a writer that will be killed writes, so that a test knows what may be there.
package import AlertStores
import Events

package enum WriterScript {
    /// The alerts that all writers write of.
    package static let fingerprints = (0..<10).map { "00000000000000a\($0)" }

    /// The append of a number: what the alert did, and what a person did with it, all or nothing.
    package static func writes(of name: String, _ number: Int) -> [LedgerWrite] {
        let person = Person(user: name, host: "host")
        let moment = Instant(milliseconds: 1_790_000_000_000 + Int64(number))
        let transition = number % 2 == 0 ? LedgerEntry.Deed.fired(value: Double(number)) : .resolved
        let deeds: [LedgerEntry.Deed] = [
            transition,
            .acknowledged(Acknowledgement(until: nil, note: "number \(number)", takesOver: true)),
        ]
        let fingerprint = fingerprints[number % fingerprints.count]
        return deeds.enumerated().map { part, deed in
            LedgerWrite(
                fingerprint: fingerprint, name: "Alert",
                labels: Labels(["alertname": "Alert", "service": fingerprint]),
                LedgerEntry(id: "\(name)-\(number)-\(part)", at: moment, by: person, deed))
        }
    }
}
