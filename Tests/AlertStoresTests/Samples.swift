// Samples: alerts, people and entries that tests of stores write.
import AlertStores
import Events

let ada = Person(user: "ada", host: "laptop")
let bob = Person(user: "bob", host: "desk")

/// Seconds of the night that is told.
func at(_ second: Int64) -> Instant { Instant(milliseconds: 1_790_000_000_000 + second * 1000) }

func entry(
    _ id: String, _ deed: LedgerEntry.Deed, by: Person = ada, at second: Int64,
    feeds: [String]? = nil
) -> LedgerEntry {
    LedgerEntry(id: id, at: at(second), by: by, deed, feeds: feeds)
}

/// An entry of the alert `fingerprint`, whose service is named like it.
func write(
    _ entry: LedgerEntry, to fingerprint: String = "00000000000000aa", expected: UInt64? = nil
) -> LedgerWrite {
    LedgerWrite(
        fingerprint: fingerprint, name: "HighErrorRate",
        labels: Labels(["alertname": "HighErrorRate", "service": fingerprint, "severity": "page"]),
        entry, expected: expected)
}

func mute(_ id: String, from start: Int64 = 0, to end: Int64 = 3600) -> Mute {
    Mute(
        id: id, matchers: [LabelMatcher("service", "cart|payment", isRegex: true)],
        start: at(start),
        until: at(end), by: ada, comment: "deploying \"v2\" – ünïcode")
}

func observation(_ observer: String, at second: Int64 = 0, alerts: Int = 1) -> Observation {
    let alerts = (0..<alerts).map { number in
        Observation.Sighting(
            fingerprint: "\(number)", name: "Down", labels: Labels(["service": "cart \(number)"]),
            annotations: Labels(["summary": "it is down"]), state: .firing, value: 0.1,
            since: at(second - 60), evaluated: at(second), hasNoData: false)
    }
    return Observation(
        observer: observer, at: at(second), environment: "production", alerts: alerts)
}

/// One of each kind, and values that are hard to keep.
let everyDeed: [LedgerEntry.Deed] = [
    .fired(value: 0.1 + 0.2, environment: "production"), .fired(value: nil),
    .fired(value: 1, environment: "production", since: at(-60)),
    .resolved,
    .acknowledged(Acknowledgement(until: at(1800), note: "mine; it's \u{0} \"odd\" 🦀")),
    .acknowledged(Acknowledgement(until: nil, takesOver: true)), .unacknowledged, .noted(""),
    .noted("two\nlines"), .broken(.expired), .broken(.escalated(to: .critical)),
    .broken(.joined(by: "instance=payment-2")), .broken(.refired),
    .notified(receiver: "team", isResolved: false), .notified(receiver: "team", isResolved: true),
]

extension LedgerOutcome {
    var isConfirmed: Bool { if case .confirmed = self { true } else { false } }

    var ledger: AlertLedger {
        switch self {
        case .confirmed(let ledger), .conflict(let ledger): ledger
        case .refused: AlertLedger(fingerprint: "", name: "", labels: Labels())
        }
    }
}
