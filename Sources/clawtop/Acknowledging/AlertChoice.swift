// AlertChoice: the alerts that a command means: those of a name, or one by its fingerprint.
import Events
import Wording
import WorldModel

struct AlertChoice {
    /// As it was typed.
    let words: String
    private let alert: String
    private let matchers: MatcherSet?

    /// The first word is the alert, each other one a condition on a label: `service=payment`.
    init(_ words: [String]) throws(Refusal) {
        self.words = words.joined(separator: " ")
        alert = words.first ?? ""
        matchers = words.count > 1 ? try MatcherSet(words: words.dropFirst()) : nil
    }

    func matches(_ ledger: AlertLedger) -> Bool { matches(ledger.name, ledger) }

    private func matches(_ name: String, _ ledger: AlertLedger) -> Bool {
        guard name == alert || ledger.fingerprint == alert.lowercased() else { return false }
        return matchers?.matches(ledger.labels) ?? true
    }

    /// Why none of these alerts was meant, and what to do.
    func refusal(of view: [StoreView]) -> Refusal {
        let alerts = view.flatMap(\.alerts)
        if let pending = alerts.first(where: { $0.name == alert && $0.state == .pending }) {
            return Refusal("\(pending.title) is pending: there is nothing to acknowledge yet")
        }
        let names = Set(alerts.filter { $0.state.isFiring }.map(\.name))
        let hint = names.contains(alert) ? "" : suggestion(for: alert, among: names.sorted())
        return Refusal(
            "no alert \(words) fires" + (hint.isEmpty ? "; `clawtop alerts` lists what does" : hint)
        )
    }
}

/// Why a command does not do what it was asked for: a sentence with the remedy.
struct Refusal: Error, Equatable {
    var code: Outcome.Code
    var sentence: String

    init(_ sentence: String, _ code: Outcome.Code = .failed) {
        (self.sentence, self.code) = (sentence, code)
    }

    var outcome: Outcome {
        Outcome(code, "clawtop: \(sentence.harmless)\n", isError: true)
    }
}
