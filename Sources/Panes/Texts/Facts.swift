// Facts: lines with a label each, as texts about one thing have them.
import Drawing
import Events

enum Facts {
    private static let width = 11

    static func line(_ label: String, _ spans: [Span]) -> [Span] {
        [Span(TextWidth.padded(label, to: width) + "  ", .muted)] + spans
    }

    static func line(_ label: String, _ text: String, _ style: Style = .text) -> [Span] {
        line(label, [Span(text, style)])
    }

    /// Every line of a text that somebody else wrote; the label stands at the first one.
    static func lines(_ label: String, _ text: String, _ style: Style = .text) -> [[Span]] {
        let lines = text.prefix(4000).split(omittingEmptySubsequences: false) { $0.isNewline }
        let end = lines.lastIndex { !$0.isEmpty } ?? -1
        return lines.prefix(end + 1).enumerated().map { index, part in
            line(index == 0 ? label : "", String(part), style)
        }
    }

    static func labels(_ label: String, _ labels: Labels) -> [[Span]] {
        labels.pairs.enumerated().map { index, pair in
            let name = Span("\(pair.name.oneLine)=", .muted)
            return line(index == 0 ? label : "", [name, Span(pair.value.oneLine, .text)])
        }
    }

    /// Annotations, what is written for people first: each under its name.
    static func annotations(_ annotations: Labels) -> [[Span]] {
        let first = ["summary", "description", "runbook", "runbook_url"]
        let names = annotations.pairs.map(\.name)
        let order = first.filter(names.contains) + names.filter { !first.contains($0) }
        return order.flatMap { name in
            lines(
                name == "runbook_url" ? "runbook" : name.oneLine, annotations[name],
                name.hasPrefix("runbook") ? .info : .text)
        }
    }
}
