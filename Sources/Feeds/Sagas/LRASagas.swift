// LRASagas: the sagas of a MicroProfile LRA coordinator, and the end of those it forgets.
package import Events
package import Network

/// Polls the coordinator's list; there is nothing to watch, and `/recovery` would start a recovery.
///
/// Source: <https://download.eclipse.org/microprofile/microprofile-lra-2.0/>, and Narayana's
/// coordinators 1.0.1 and 5.13.1 as they really answer.
package actor LRASagas: Feed {
    package nonisolated let source: FeedSource
    private let server: Server
    private let interval: Duration
    private var memory = LRAMemory()
    /// How often in a row the whole list answered 500.
    private var brokenLists = 0

    /// After so many the list is broken for ever; a single 500 is only an accident.
    private static let mostBroken = 3
    /// How many vanished sagas are asked for by id after one look.
    private static let mostAsked = 3
    private static let list = "the list"

    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver
    ) {
        self.source = source
        interval = settings.interval ?? .seconds(1)
        server = Server(
            settings, client: client, resolver: resolver,
            headers: [("Accept", "application/json")])
    }

    package func run(_ output: any FeedOutput) async throws {
        var isFirst = true
        memory.noteGap()
        while true {
            try await look(output, isFirst: isFirst)
            isFirst = false
            try await output.pause(for: interval)
        }
    }

    private func look(_ output: any FeedOutput, isFirst: Bool) async throws(FeedError) {
        let listing = try await list()
        let now = output.now
        var changed = memory.take(listing, at: now)
        let suspects = memory.suspects(at: now)
        if !suspects.isEmpty {
            let (gone, found) = try await ask(suspects.prefix(Self.mostAsked))
            changed += memory.settle(suspects, gone: gone, found: found, at: now)
        }
        if isFirst {
            await output.emit(.sagas(source.id, .listed(memory.sagas)))
        } else if !changed.isEmpty {
            await output.emit(.sagas(source.id, .changed(changed)))
        }
        await output.answered(note(listing, at: output.now))
    }

    /// Which of `ids` the coordinator no longer knows, and what it says of the others.
    private func ask(
        _ ids: ArraySlice<String>
    ) async throws(FeedError) -> (gone: Set<String>, found: [Saga]) {
        var (gone, found): (Set<String>, [Saga]) = ([], [])
        for id in ids {
            let path = "/" + id.percentEncoded()
            let answer = try await server.ask(path)
            switch answer.status {
            case 404, 410: gone.insert(id)
            case 200:
                // A coordinator that answers this otherwise proves nothing, and is not to be lost.
                let row = try? server.decode(
                    LRARow.self, try server.json(answer, from: path), from: path)
                if let row { found.append(row.saga) }
            default: break
            }
        }
        return (gone, found)
    }

    private func list() async throws(FeedError) -> LRAListing {
        let answer = try await server.ask("")
        brokenLists = answer.status == 500 ? brokenLists + 1 : 0
        if brokenLists >= Self.mostBroken { return try await listByState(insteadOf: answer) }
        var listing = LRAListing()
        listing.add(try rows(answer))
        return listing
    }

    /// Asks state by state: one broken LRA makes the whole list answer 500 for ever.
    private func listByState(insteadOf whole: HTTPAnswer) async throws(FeedError) -> LRAListing {
        var listing = LRAListing()
        listing.isPieced = true
        for word in LRAStatus.all {
            let answer = try await server.ask("?Status=\(word)")
            if answer.status == 200 {
                listing.add(try rows(answer))
            } else {
                listing.unread.append(word)
            }
        }
        if listing.unread.count == LRAStatus.all.count { _ = try rows(whole) }
        return listing
    }

    private func rows(_ answer: HTTPAnswer) throws(FeedError) -> [LRARow] {
        try server.decode(
            [LRARow].self, try server.json(answer, from: Self.list), from: Self.list)
    }

    private func note(_ listing: LRAListing, at now: Instant) -> String {
        var parts = [listing.sagas.count.counted("saga")]
        if listing.isPieced { parts.append("the whole list answers HTTP 500, so asked by state") }
        if !listing.unread.isEmpty {
            parts.append("no answer for \(listing.unread.joined(separator: ", "))")
        }
        let held = memory.heldCount(at: now)
        if held > 0 {
            parts.append("\(held) vanished, and may come back after a restart")
        }
        return parts.joined(separator: "; ")
    }
}
