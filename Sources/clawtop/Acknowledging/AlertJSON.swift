// AlertJSON: an alert, its history and a mute as JSON; the fields are an interface.
import Events
import Panes
import WorldModel

extension JSONText {
    /// One alert of `alerts`, in `once` and in the commands about alerts.
    ///
    /// `evaluated` is nil where no running clawtop evaluates it; `more` are fields that only some
    /// commands have.
    static func alert(
        _ alert: AlertRecord, in world: World, evaluated: Instant?, hasNoData: Bool,
        more: [(String, JSONText?)] = []
    ) -> JSONText {
        let standing = world.book[alert.fingerprint]
        let mute = alert.mute.flatMap(world.book.mute)
        return .object(
            [
                ("fingerprint", .string(alert.fingerprint)),
                ("name", .string(alert.name)),
                ("labels", .labels(alert.labels)),
                ("state", .string(alert.state.rawValue)),
                // JSON knows neither NaN nor Inf.
                ("value", alert.number.map(JSONText.number)),
                ("since", .moment(alert.begin)),
                ("evaluated", evaluated.map(JSONText.moment)),
                ("no_data", .bool(hasNoData)),
            ] + hold(standing?.hold(at: world.now)) + [
                ("muted_by", mute.map { .string("\($0.by)") }),
                ("muted_until", mute.map { .moment($0.until) }),
                ("suppressed", alert.suppression.map { .string($0.word) }),
            ] + more)
    }

    /// Who has an alert; without `until` it is until the alert is resolved.
    static func hold(_ hold: AlertStanding.Hold?) -> [(String, JSONText?)] {
        [
            ("acknowledged_by", hold.map { .string("\($0.by)") }),
            ("note", hold.flatMap { .known($0.note) }),
            ("until", hold?.until.map(JSONText.moment)),
        ]
    }

    static func labels(_ labels: Labels) -> JSONText {
        .object(labels.pairs.map { ($0.name, .string($0.value)) })
    }

    /// One line of an alert's history.
    static func entry(_ entry: LedgerEntry) -> JSONText {
        .object(
            [
                ("at", .moment(entry.at)), ("by", .string("\(entry.by)")),
                ("event", .string(entry.deed.event)),
            ] + details(entry.deed))
    }

    private static func details(_ deed: LedgerEntry.Deed) -> [(String, JSONText?)] {
        switch deed {
        case .fired(let value, _, _): [("value", value.map(JSONText.number))]
        case .acknowledged(let given):
            [
                ("until", given.until.map(JSONText.moment)), ("note", .known(given.note)),
                ("takes_over", given.takesOver ? .bool(true) : nil),
            ]
        case .noted(let text): [("note", .string(text))]
        case .broken(let reason): [("reason", .string(reason.words))]
        case .notified(let receiver, let isResolved):
            [("receiver", .string(receiver)), ("resolved", .bool(isResolved))]
        case .resolved, .unacknowledged: []
        }
    }

    static func mute(_ mute: Mute, more: [(String, JSONText?)] = []) -> JSONText {
        .object(
            [
                ("id", .string(mute.id)),
                ("matchers", .array(mute.matchers.map { .string("\($0)") })),
                ("start", .moment(mute.start)), ("until", .moment(mute.until)),
                ("by", .string("\(mute.by)")), ("comment", .string(mute.comment)),
                ("source", mute.feed.map(JSONText.string)),
                ("ended", mute.ended.map { .moment($0.at) }),
                ("ended_by", mute.ended.map { .string("\($0.by)") }),
            ] + more)
    }
}

extension LedgerEntry.Deed {
    /// What happened, in one word for scripts.
    var event: String {
        switch self {
        case .fired: "fired"
        case .resolved: "resolved"
        case .acknowledged: "acknowledged"
        case .unacknowledged: "unacknowledged"
        case .noted: "noted"
        case .broken: "broken"
        case .notified: "notified"
        }
    }
}
