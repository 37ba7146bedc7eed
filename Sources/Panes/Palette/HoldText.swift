// HoldText: for how long one has an alert, and why, as it is typed: `45m restarting payment`.
import Wording

struct HoldText {
    /// Nil: until it is resolved.
    var duration: Duration?
    var note: String

    /// The first word is a duration or `clear`; without either the note is all of it.
    ///
    /// - Returns: nil where the first word looks like a duration and is none: `45min`, `0s`.
    init?(_ text: String, standard: Duration) {
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        let rest = words.count > 1 ? String(words[1]) : ""
        switch words.first {
        case "clear"?: (duration, note) = (nil, rest)
        case let first?:
            if let span = Duration(prometheus: String(first)), span > .zero {
                (duration, note) = (span, rest)
            } else if first.first?.isNumber == true, first.last?.isLetter == true {
                return nil
            } else {
                (duration, note) = (standard, text)
            }
        case nil: (duration, note) = (standard, "")
        }
        note = note.split(separator: " ").joined(separator: " ")
    }
}
