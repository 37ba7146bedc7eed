// ZipkinTraces: the spans of a Zipkin store as they come, grow and change.
package import Events
package import Network

/// Polls Zipkin's v2 API, and tells each span once.
package actor ZipkinTraces: Feed {
    package nonisolated let source: FeedSource
    private let search: ZipkinSearch
    private var memory = ZipkinMemory()
    private var pace: ZipkinPace
    /// The store refuses to search all services at once.
    private var asksByService = false
    private var isSearchable: Bool?
    private var hasAskedSearchable = false
    private var calls: [ServiceCall]?
    private var callsTrouble: String?
    private var nextCalls: Instant?

    private static let callsEvery = Duration.seconds(15)

    /// Spans that began within `window` are told.
    package init(
        settings: FeedSettings, source: FeedSource, client: any HTTPClient,
        resolver: any ServiceResolver, window: Duration = .seconds(300)
    ) {
        self.source = source
        pace = ZipkinPace(window: window, interval: settings.interval ?? .seconds(1))
        search = ZipkinSearch(
            server: Server(
                settings, client: client, resolver: resolver,
                headers: [("Accept", "application/json")]))
    }

    package func run(_ output: any FeedOutput) async throws {
        pace.startOver()
        while true {
            let wait = try await look(output)
            try await output.pause(for: wait)
        }
    }

    /// Reads once; returns how long to wait.
    private func look(_ output: any FeedOutput) async throws -> Duration {
        let now = output.now
        // One refusal may have been an accident: all services together are cheaper.
        if pace.isDeep(at: now) { asksByService = false }
        let harvest = try await read(pace.range(at: now))
        let horizon = now + (.zero - pace.window)
        memory.forget(before: horizon)
        let (observed, replaced) = memory.take(harvest, since: horizon, at: now)
        let wait = pace.note(harvest, at: now)
        if !observed.isEmpty || !replaced.isEmpty {
            await output.emit(.traces(source.id, .observed(observed, replaced: replaced)))
        }
        await lookAtCalls(output, at: now)
        try Task.checkCancellation()
        if memory.isEmpty, !hasAskedSearchable {
            hasAskedSearchable = true
            isSearchable = await search.isSearchable()
        }
        await output.answered(note(at: output.now))
        return wait
    }

    private func read(_ range: SearchRange) async throws(FeedError) -> ZipkinHarvest {
        var harvest = ZipkinHarvest()
        if !asksByService {
            do {
                try await search.read(range, of: .all, into: &harvest)
                return harvest
            } catch {
                guard error.isOfTheQuestion else { throw error }
                // Where even the names are refused, the first refusal says more.
                guard (try? await search.services()) != nil else { throw error }
                harvest = ZipkinHarvest()
            }
        }
        for service in try await search.services() {
            try await search.read(range, of: .service(service), into: &harvest)
        }
        asksByService = true
        return harvest
    }

    /// The graph is an extra: where it cannot be had, the note says so, and all else goes on.
    private func lookAtCalls(_ output: any FeedOutput, at now: Instant) async {
        guard nextCalls.map({ $0 <= now }) ?? true else { return }
        nextCalls = now + Self.callsEvery
        do {
            let found = try await search.calls(at: now, over: pace.window)
            callsTrouble = nil
            guard found != calls, calls != nil || !found.isEmpty else { return }
            calls = found
            await output.emit(.traces(source.id, .dependencies(found)))
        } catch {
            callsTrouble = error.status.map { "HTTP \($0)" } ?? "no answer"
        }
    }

    private func note(at now: Instant) -> String {
        let count = memory.count(since: now + (.zero - pace.window))
        var parts = ["\(count.counted("span")) in \(pace.window.words)"]
        if isSearchable == false, count == 0 {
            parts.append("searching is switched off at the server (SEARCH_ENABLED=false)")
        }
        if asksByService { parts.append("asked service by service") }
        if let callsTrouble { parts.append("\(callsTrouble) for the dependencies") }
        return parts.joined(separator: "; ")
    }
}

extension FeedError {
    /// The server answers, but not this question.
    fileprivate var isOfTheQuestion: Bool {
        status.map { [400, 404, 405, 422, 501].contains($0) } ?? false
    }
}

extension Duration {
    /// `5m`, `90s`, `1h`.
    fileprivate var words: String {
        let seconds = milliseconds / 1000
        if seconds > 0, seconds % 3600 == 0 { return "\(seconds / 3600)h" }
        return seconds > 0 && seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
