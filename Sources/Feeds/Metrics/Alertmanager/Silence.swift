// Silence: what an Alertmanager's API tells, and is told, of a silence.
import Events

struct Silence: Decodable {
    struct Status: Decodable { var state: String }

    var id: String
    var status: Status
    var startsAt: WireInstant
    var endsAt: WireInstant
    var createdBy: String?
    var comment: String?
    var matchers: [SilenceMatcher]?

    /// Nil where it has no list of matchers: newer ones may have several.
    ///
    /// An expired one is told for days; whether it ended before its time is not, nor who ended it.
    func mute(of feed: FeedID) -> Mute? {
        guard let matchers, !matchers.isEmpty else { return nil }
        let end = endsAt.instant
        let isExpired = status.state == "expired"
        return Mute(
            id: id, matchers: matchers.map(\.matcher), start: startsAt.instant, until: end,
            by: Person(author: createdBy ?? ""), comment: comment ?? "",
            ended: isExpired ? Mute.Ending(at: end, by: Person(user: feed, host: "")) : nil,
            feed: feed)
    }
}

struct SilenceMatcher: Codable {
    var name: String
    var value: String
    var isRegex: Bool
    /// Not told by the oldest ones, which know no other.
    var isEqual: Bool?

    init(_ matcher: LabelMatcher) {
        (name, value) = (matcher.name, matcher.value)
        (isRegex, isEqual) = (matcher.isRegex, matcher.isEqual)
    }

    var matcher: LabelMatcher {
        LabelMatcher(name, value, isRegex: isRegex, isEqual: isEqual ?? true)
    }
}

/// What is sent: a silence without an id is a new one.
struct PostedSilence: Encodable {
    var id: String?
    var matchers: [SilenceMatcher]
    var startsAt: String
    var endsAt: String
    var createdBy: String
    var comment: String

    init(_ mute: Mute, id: String? = nil) {
        self.id = id
        matchers = mute.matchers.map(SilenceMatcher.init)
        (startsAt, endsAt) = (mute.start.rfc3339, mute.until.rfc3339)
        (createdBy, comment) = (mute.by.description, mute.markedComment)
    }
}
