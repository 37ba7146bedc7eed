// OrderReport: what became of an order for each alert, in words, as JSON and as an exit code.
import AlertStores
import Events
import Wording
import WorldModel

struct OrderReport {
    let command: String
    let outcomes: [OrderOutcome]
    let policy: AcknowledgementPolicy
    let now: Instant

    func outcome(_ format: Invocation.Format) -> Outcome {
        let isDone = outcomes.allSatisfy { if case .done = $0 { true } else { false } }
        let (done, refused) = sentences
        let text = format == .json ? json : done.joined()
        var outcome = Outcome(isDone ? .ok : .failed, text)
        outcome.warnings = refused.map { "clawtop: \($0)" }.joined()
        return outcome
    }

    /// What was done, and what was not.
    private var sentences: (done: [String], refused: [String]) {
        var (done, refused): ([String], [String]) = ([], [])
        for outcome in outcomes {
            let title = outcome.ledger.title
            switch outcome {
            case .done(let ledger):
                let until = hold(ledger).map { " " + end($0.until, at: now) } ?? ""
                done.append("\(verb) \(title)\(command == "ack" ? until : "")".harmless + "\n")
            case .noted:
                refused.append(
                    "\(title) was resolved before: your acknowledgement is kept as a note".harmless
                        + "\n")
            case .held(let hold, _):
                refused.append(
                    "\(title) is acknowledged by \(hold.words(at: now)); --take-over takes it"
                        .harmless + "\n")
            case .nothing:
                refused.append("\(title): \(idle)".harmless + "\n")
            }
        }
        return (done, refused)
    }

    private var verb: String {
        switch command {
        case "ack": "acknowledged"
        case "unack": "gave back"
        default: "noted on"
        }
    }

    private var idle: String {
        command == "unack" ? "nobody has it" : "it was never seen to fire"
    }

    private var json: String {
        JSONText.array(
            outcomes.map { outcome in
                let ledger = outcome.ledger
                return .object(
                    [
                        ("fingerprint", .string(ledger.fingerprint)),
                        ("name", .string(ledger.name)), ("labels", .labels(ledger.labels)),
                        ("outcome", .string(word(outcome))),
                    ] + JSONText.hold(hold(ledger)))
            }
        ).text + "\n"
    }

    /// `acknowledged`, `unacknowledged`, `noted`, `held`, `unchanged`.
    private func word(_ outcome: OrderOutcome) -> String {
        switch outcome {
        case .done where command == "ack": "acknowledged"
        case .done where command == "unack": "unacknowledged"
        case .done, .noted: "noted"
        case .held: "held"
        case .nothing: "unchanged"
        }
    }

    private func hold(_ ledger: AlertLedger) -> AlertStanding.Hold? {
        AlertStanding(ledger, policy: policy).hold(at: now)
    }
}
