// MuteText: which alerts are muted, for how long and why, as it is typed:
// `alertname="ConfigDrift" service=order 2h rolling out v43`.
import Events
import Wording
import WorldModel

struct MuteText {
    struct Fault: Error, Equatable {
        var words: String
    }

    var matchers: [LabelMatcher]
    var set: MatcherSet
    /// Nil while none is typed.
    var duration: Duration?
    var comment = ""

    init(_ text: String) throws(Fault) {
        var rest = Substring(text)
        var matchers: [LabelMatcher] = []
        while let word = Self.word(&rest) {
            if let span = Duration(prometheus: word), span > .zero {
                duration = span
                comment = rest.split(separator: " ").joined(separator: " ")
                break
            }
            do {
                matchers += try LabelMatcher.list(word)
            } catch {
                throw Fault(words: "\(error)")
            }
        }
        guard !matchers.isEmpty else {
            throw Fault(words: "which alerts? as in: service=\"payment\" 2h being repaired")
        }
        do {
            set = try MatcherSet(matchers)
        } catch {
            throw Fault(words: "\(error)")
        }
        self.matchers = matchers
    }

    /// Up to the next blank that is in no quotes.
    private static func word(_ rest: inout Substring) -> String? {
        rest = rest.drop { $0 == " " }
        guard !rest.isEmpty else { return nil }
        var (isQuoted, isEscaped) = (false, false)
        let end = rest.firstIndex { character in
            defer { isEscaped = isQuoted && character == "\\" && !isEscaped }
            if character == "\"", !isEscaped { isQuoted.toggle() }
            return character == " " && !isQuoted
        }
        defer { rest = rest[(end ?? rest.endIndex)...] }
        return String(rest[..<(end ?? rest.endIndex)])
    }
}
