// Sources: whom a section has its data from and how old they are, in words.
import Drawing
import Events
import Wording
import WorldModel

extension Scene {
    /// `consul, 0.2 s ago`, or `blind since 03:12:02: reason`.
    func source(_ part: WatchedWorld) -> [Span] {
        source(of: world.feeds.watching(part))
    }

    func source(of feeds: [FeedState]) -> [Span] {
        guard !feeds.isEmpty else { return [Span("not watched", .muted)] }
        if let blind = feeds.first(where: \.isBlind) { return [blindness(blind)] }
        if let waiting = feeds.first(where: { $0.condition == .connecting }) {
            return [Span("\(waiting.source.name) has not answered yet", .progress)]
        }
        let oldest = feeds.compactMap(\.lastAnswer).min() ?? now
        let names = feeds.map(\.source.name).joined(separator: ", ")
        let age = freshness(milliseconds: (now - oldest).milliseconds)
        return [Span("\(names), \(age) ago", .muted)]
    }

    /// Only what is wrong with the source; nothing while it is live.
    func trouble(_ part: WatchedWorld) -> [Span] {
        let feeds = world.feeds.watching(part)
        return feeds.allSatisfy { $0.condition == .live } ? [] : source(part)
    }

    private func blindness(_ feed: FeedState) -> Span {
        let style: Style = feed.condition == .lost ? .critical : .warning
        let state = feed.condition == .stale ? "stale" : "blind"
        let reason = feed.reason.isEmpty ? "" : ": \(feed.reason.firstLine)"
        return Span("\(glyphs.critical) \(state) since \(feed.since.clock)\(reason)", style)
    }

    /// Why a list of this world is empty.
    func emptiness(_ part: WatchedWorld, _ words: String, remedy: String) -> String {
        if isStarting { return "starting" }
        let feeds = world.feeds.watching(part)
        guard !feeds.isEmpty else { return "not watched; \(remedy)" }
        if feeds.allSatisfy({ $0.condition == .connecting }) {
            return
                "waiting for the first answer of \(feeds.map(\.source.name).joined(separator: ", "))"
        }
        if feeds.allSatisfy(\.isBlind) {
            return "unknown: \(feeds[0].source.name) \(feeds[0].reason.firstLine)"
        }
        return words
    }
}

/// Puts ` · ` between the parts that are there.
func joined(_ parts: [[Span]]) -> [Span] {
    let parts = parts.filter { !$0.isEmpty }
    return parts.enumerated().flatMap { index, part in
        index == 0 ? part : [Span(" · ", .muted)] + part
    }
}
