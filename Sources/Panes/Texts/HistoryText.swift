// HistoryText: what happened to an alert: when it fired before, who had it, what they noted.
import Drawing
import Events
import Wording
import WorldModel

enum HistoryText {
    /// The newest first, under a line that sums up how often it fired before.
    static func lines(_ fingerprint: String, _ scene: Scene) -> [[Span]] {
        guard let ledger = scene.world.book.ledgers[fingerprint], !ledger.entries.isEmpty else {
            return []
        }
        let entries = ledger.entries.reversed().enumerated().map { index, entry in
            Facts.line(index == 0 ? "history" : "", line(entry, scene))
        }
        return [Facts.line("seen before", before(ledger), .muted)] + entries
    }

    /// `3 times, resolved after 4m12s at the median`.
    private static func before(_ ledger: AlertLedger) -> String {
        var (lengths, begin): ([Int64], Instant?) = ([], nil)
        for entry in ledger.entries {
            switch entry.deed {
            case .fired: begin = begin ?? entry.at
            case .resolved:
                if let fired = begin.take() { lengths.append((entry.at - fired).milliseconds) }
            default: break
            }
        }
        guard !lengths.isEmpty else { return "never" }
        let median = lengths.sorted()[lengths.count / 2]
        return "\(counted(lengths.count, "time")), resolved after \(briefAge(milliseconds: median))"
            + (lengths.count > 1 ? " at the median" : "")
    }

    private static func line(_ entry: LedgerEntry, _ scene: Scene) -> [Span] {
        let ago = (scene.now - entry.at).inWords
        let moment = Span("\(entry.at.clock), \(ago) ago  ", .muted)
        return [moment] + words(entry)
    }

    private static func words(_ entry: LedgerEntry) -> [Span] {
        let by = "\(entry.by)".oneLine
        switch entry.deed {
        case .fired(let value, _, _):
            return [Span("fired", .warning)]
                + (value.map { [Span(" at \(figure($0))", .text)] } ?? [])
        case .resolved: return [Span("resolved", .ok)]
        case .acknowledged(let given):
            let verb = given.takesOver ? "took it over" : "has it"
            let end =
                given.until.map { "for \(span(from: entry.at, to: $0))" }
                ?? "until it is resolved"
            return [Span("\(by) \(verb) \(end)", .info)] + note(given.note)
        case .unacknowledged: return [Span("\(by) gave it back", .info)]
        case .noted(let text): return [Span("\(by)", .info)] + note(text)
        case .broken(let reason):
            return [Span("not acknowledged any more: \(reason.words)".oneLine, .warning)]
        case .notified(let receiver, let isResolved):
            return [
                Span(
                    "\(receiver) was told\(isResolved ? " that it is resolved" : "")".oneLine,
                    .muted)
            ]
        }
    }

    /// To ten seconds: between a key and the store's answer time passes.
    private static func span(from start: Instant, to end: Instant) -> String {
        let tens = max(1, ((end - start).milliseconds + 5_000) / 10_000)
        return length(milliseconds: tens * 10_000)
    }

    private static func note(_ text: String) -> [Span] {
        text.isEmpty ? [] : [Span(": \(text.oneLine)", .text)]
    }
}
