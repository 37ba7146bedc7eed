// DeedRow: a deed as columns, which outlive the names in our code.
import Events

/// People may read it with the `sqlite3` program.
struct DeedRow {
    var kind: String
    var text: String?
    var value: Double?
    var until: Int64?
    var flag: Bool?

    init(_ deed: LedgerEntry.Deed) {
        switch deed {
        case .fired(let value, let environment, let since):
            (kind, text, self.value) = ("fired", environment, value)
            // The column of the one moment that a deed has.
            until = since?.milliseconds
        case .resolved: kind = "resolved"
        case .acknowledged(let given):
            (kind, text) = ("acknowledged", given.note)
            (until, flag) = (given.until?.milliseconds, given.takesOver)
        case .unacknowledged: kind = "unacknowledged"
        case .noted(let words): (kind, text) = ("noted", words)
        case .broken(.expired): kind = "expired"
        case .broken(.escalated(let severity)): (kind, text) = ("escalated", severity.rawValue)
        case .broken(.joined(let words)): (kind, text) = ("joined", words)
        case .broken(.refired): kind = "refired"
        case .notified(let receiver, let isResolved):
            (kind, text, flag) = ("notified", receiver, isResolved)
        }
    }

    /// Reads the columns kind, text, value, until, flag from `column` on.
    init(_ row: Row, from column: Int32) {
        kind = row.text(column)
        text = row.text(column + 1)
        value = row.optionalReal(column + 2)
        until = row.optionalInteger(column + 3)
        flag = row.integer(column + 4) == 1
    }

    /// Nil where this clawtop knows no such kind.
    var deed: LedgerEntry.Deed? {
        let text = text ?? ""
        let isSo = flag ?? false
        let until = until.map { Instant(milliseconds: $0) }
        switch kind {
        case "fired": return .fired(value: value, environment: text, since: until)
        case "resolved": return .resolved
        case "acknowledged":
            return .acknowledged(Acknowledgement(until: until, note: text, takesOver: isSo))
        case "unacknowledged": return .unacknowledged
        case "noted": return .noted(text)
        case "expired": return .broken(.expired)
        case "escalated": return Severity(rawValue: text).map { .broken(.escalated(to: $0)) }
        case "joined": return .broken(.joined(by: text))
        case "refired": return .broken(.refired)
        case "notified": return .notified(receiver: text, isResolved: isSo)
        default: return nil
        }
    }
}
