// AlertWords: alerts, their history and mutes in plain words, for people and pipes.
import Events
import Wording
import WorldModel

extension AlertRecord {
    /// `SlowPayment service=payment`: what tells it from others.
    var title: String { alertTitle(name, labels) }
}

extension AlertLedger {
    var title: String { alertTitle(name, labels) }
}

private func alertTitle(_ name: String, _ labels: Labels) -> String {
    let telling = labels.dropping(["alertname", "severity"]).pairs
    return ([name] + telling.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
}

/// `for 30m, until 05:21:04 UTC`; on another day with the date.
func end(_ until: Instant?, at now: Instant) -> String {
    guard let until else { return "until it is resolved" }
    let seconds = ((until - now).milliseconds + 500) / 1000
    let length = length(milliseconds: seconds * 1000)
    return "for \(length), until \(moment(until, at: now))"
}

/// `05:21:04 UTC`; with the date where that is another one.
func moment(_ moment: Instant, at now: Instant) -> String {
    let text = moment.timestamp
    let isToday = text.prefix(10) == now.timestamp.prefix(10)
    return isToday ? "\(clock(milliseconds: moment.milliseconds)) UTC" : text
}

extension AlertStanding.Hold {
    /// `ada@laptop, 18m00s left: looking`.
    func words(at now: Instant) -> String {
        let left = until.map { "\(age(milliseconds: ($0 - now).milliseconds)) left" }
        return "\(by), \(left ?? "until it is resolved")" + (note.isEmpty ? "" : ": \(note)")
    }
}

extension LedgerEntry {
    /// `ada@laptop acknowledged it until 05:21:04 UTC: looking`.
    func words(at now: Instant) -> String {
        switch deed {
        case .fired(let value, _, _): "fired" + (value.map { ", value \(figure($0))" } ?? "")
        case .resolved: "resolved"
        case .acknowledged(let given):
            "\(by) \(given.takesOver ? "took it over" : "acknowledged it") "
                + (given.until.map { "until \(moment($0, at: now))" } ?? "until it is resolved")
                + (given.note.isEmpty ? "" : ": \(given.note)")
        case .unacknowledged: "\(by) gave it back"
        case .noted(let text): "\(by): \(text)"
        case .broken(let reason): "not acknowledged any more: \(reason.words)"
        case .notified(let receiver, let isResolved):
            "\(receiver) was told that it \(isResolved ? "is resolved" : "fires")"
        }
    }
}
