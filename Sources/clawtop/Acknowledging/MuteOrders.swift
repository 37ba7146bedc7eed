// MuteOrders: `clawtop mute`, `unmute` and `mutes`.
import AlertStores
import Events
import Wording
import WorldModel

extension AlertDesk {
    /// Written where running clawtops see something that it matches, else to the configured store.
    func mute() async throws -> Outcome {
        guard let length = options.length else {
            throw Refusal("a mute needs an end; write --for 2h", .usage)
        }
        guard !options.comment.isEmpty else {
            throw Refusal("a mute needs a reason; write --comment TEXT", .usage)
        }
        let set = try MatcherSet(words: options.words)
        try mayWrite()
        let mute = Mute(
            id: LedgerEntry.newID(), matchers: set.matchers, start: now, until: now + length,
            by: person, comment: options.comment)
        let views = try await views()
        let seen = views.filter { view in view.alerts.contains { set.matches($0.labels) } }
        var (written, alerts): (Mute?, [AlertRecord]) = (nil, [])
        for view in seen.isEmpty ? Array(views.prefix(1)) : seen {
            written = try await view.store.put(mute).mute
            alerts += view.alerts.filter { set.matches($0.labels) }
        }
        return MuteListing(now: now).written(written ?? mute, matching: alerts, format)
    }

    func unmute() async throws -> Outcome {
        let id = options.words.first ?? ""
        try mayWrite()
        var ended: Mute?
        var isKnown = false
        for view in try await views(all: true) {
            guard var mute = view.world.book.mute(id) else { continue }
            isKnown = true
            if let feed = mute.feed {
                throw Refusal("\(id) is a silence of \(feed), and is ended there")
            }
            while mute.ended == nil, mute.until > now {
                mute.ended = Mute.Ending(at: now, by: person)
                let outcome = try await view.store.put(mute)
                mute = outcome.mute
                if outcome.isConfirmed { ended = mute }
            }
        }
        if let ended { return MuteListing(now: now).ended(ended, format) }
        guard !isKnown else { throw Refusal("mute \(id) is over already") }
        throw Refusal("there is no mute \(id); `clawtop mutes` lists them with their ids")
    }

    func listMutes() async throws -> Outcome {
        let views = try await views(all: options.showsAll)
        let listing = MuteListing(now: now)
        let lists = views.map { listing.list($0, all: options.showsAll, format) }
        guard format == .json else { return Outcome(.ok, lists.flatMap(\.text).joined()) }
        return Outcome(.ok, JSONText.array(lists.flatMap(\.json)).text + "\n")
    }
}
