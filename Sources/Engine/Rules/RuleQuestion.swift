// RuleQuestion: the rules of a group, to be evaluated by a big engine, and what it says.
import Alerting
import Events
import PromQL

/// A group's expressions at one moment; its answers come back some time later.
struct RuleQuestion: Hashable, Sendable {
    /// Tells it apart from those of the same group before its file was read again.
    var number: Int
    var source: String
    /// When the group is evaluated; its alerts are active since then.
    var at: Instant
    /// The moment of the expressions: earlier where the group says so.
    var moment: Instant
    var expressions: [String]

    init(_ group: RuleGroup, number: Int, at now: Instant) {
        (self.number, at, moment) = (number, now, now - group.queryOffset)
        source = group.source ?? ""
        expressions = group.rules.map(\.expression.description)
    }
}

struct RuleReply: Hashable, Sendable {
    var question: RuleQuestion
    /// One for each expression, in their order.
    var answers: [RuleAnswer]
    /// The source could not be reached at all: it is not asked again at once.
    var isUnavailable = false
}
