// MuteListing: mutes in words and as JSON, and what each of them kept quiet.
import AlertStores
import Events
import Wording
import WorldModel

struct MuteListing {
    let now: Instant

    /// A mute that was just written, and the alerts that it matches now.
    func written(
        _ mute: Mute, matching alerts: [AlertRecord], _ format: Invocation.Format
    ) -> Outcome {
        guard format == .text else {
            let matches = alerts.map { alert in
                JSONText.object([
                    ("fingerprint", .string(alert.fingerprint)), ("name", .string(alert.name)),
                    ("labels", .labels(alert.labels)), ("state", .string(alert.state.rawValue)),
                ])
            }
            return Outcome(
                .ok, JSONText.mute(mute, more: [("matches", .array(matches))]).text + "\n")
        }
        let lines = [
            "muted \(words(mute)) \(end(mute.until, at: now)): \(mute.comment)".harmless,
            "id \(mute.id)".harmless,
            alerts.isEmpty
                ? "matches nothing now"
                : "matches \(counted(alerts.count, "alert")) now:",
        ]
        let rows = aligned(alerts.map { [$0.title, $0.state.rawValue, $0.severity.rawValue] })
        return Outcome(.ok, (lines + rows).joined(separator: "\n") + "\n")
    }

    func ended(_ mute: Mute, _ format: Invocation.Format) -> Outcome {
        let text =
            format == .json
            ? JSONText.mute(mute).text : "ended the mute of \(words(mute))".harmless
        return Outcome(.ok, text + "\n")
    }

    /// A store's mutes as text, each with the alerts that it kept quiet; and as JSON.
    func list(
        _ view: StoreView, all: Bool, _ format: Invocation.Format
    ) -> (text: [String], json: [JSONText]) {
        let mutes = view.world.book.mutes.filter { all || $0.ended == nil && now < $0.until }
        guard format == .text else {
            return ([], mutes.map { .mute($0, more: effect(of: $0, view)) })
        }
        let address = view.store.address
        guard !mutes.isEmpty else { return (["no mutes in \(address)".harmless + "\n"], []) }
        let rows = mutes.map { mute in
            [
                mute.id, words(mute), state(mute), "by \(mute.by)",
                "kept \(counted(suppressed(by: mute, view), "alert")) quiet",
                (mute.feed.map { "silence of \($0): " } ?? "") + mute.comment,
            ]
        }
        let title = "\(counted(mutes.count, "mute")) in \(address):".harmless
        return ([([title] + aligned(rows)).joined(separator: "\n") + "\n"], [])
    }

    private func effect(of mute: Mute, _ view: StoreView) -> [(String, JSONText?)] {
        [
            ("active", .bool(mute.isActive(at: now))),
            ("suppressed", .integer(Int64(suppressed(by: mute, view)))),
        ]
    }

    private func suppressed(by mute: Mute, _ view: StoreView) -> Int {
        view.world.book.suppressed(by: mute, at: now)
    }

    private func words(_ mute: Mute) -> String {
        mute.matchers.map(\.description).joined(separator: " ")
    }

    private func state(_ mute: Mute) -> String {
        if let ended = mute.ended { return "ended \(moment(ended.at, at: now)) by \(ended.by)" }
        if mute.until <= now { return "over since \(moment(mute.until, at: now))" }
        let begin = mute.start > now ? "from \(moment(mute.start, at: now)) " : ""
        return begin + end(mute.until, at: now)
    }
}
