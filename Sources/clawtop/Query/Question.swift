// Question: what `clawtop query` is asked: an expression, when, and of whom.
import Events
import Wording

/// Where neither a start, an end nor a step is said it is about one moment.
struct Question: Equatable {
    var expression = ""
    /// Nil: now.
    var at: Instant?
    var start: Instant?
    var end: Instant?
    var step: Duration?
    /// The feed that answers; nil: what all feeds tell.
    var source: String?

    /// When the expression is to be evaluated.
    enum Time: Equatable {
        case moment(Instant)
        case span(from: Instant, to: Instant, step: Duration)
    }

    private static let mostPoints: Int64 = 11_000

    /// `past` is how far a span goes back that does not say where it begins.
    func time(now: Instant, past: Duration) throws(QuestionError) -> Time {
        guard start != nil || end != nil || step != nil else { return .moment(at ?? now) }
        guard at == nil else {
            throw QuestionError("--at is one moment; --start, --end and --step are a span")
        }
        let end = end ?? now
        let (start, step) = (start ?? end - past, step ?? .seconds(15))
        guard start <= end else { throw QuestionError("--end is before --start") }
        guard (end - start).milliseconds / max(1, step.milliseconds) <= Self.mostPoints else {
            throw QuestionError(
                "exceeded maximum resolution of 11,000 points per timeseries; take a longer --step")
        }
        return .span(from: start, to: end, step: step)
    }
}

/// A question that nobody can answer.
struct QuestionError: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

extension Instant {
    /// Seconds since 1970, or RFC 3339; nil for anything else.
    init?(question text: String) {
        if let moment = Instant(rfc3339: text) {
            self = moment
            return
        }
        let isNumber = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D
        }
        guard isNumber, let seconds = Double(text), abs(seconds) < 1e12 else { return nil }
        self.init(milliseconds: Int64((seconds * 1000).rounded()))
    }
}
