// EtcdKeyspace+Questions: the list, the count and the watch, as they are asked for.
import Events
import FoundationEssentials
import Network

/// What comes out of a watch and the checks beside it.
package enum EtcdSignal: Sendable {
    case told(EtcdWatchResult)
    /// The stream is over, or was silent for long.
    case ended
    case counted(EtcdRangeAnswer)
}

extension EtcdKeyspace {
    package typealias Inbox = AsyncThrowingStream<EtcdSignal, any Error>.Continuation

    /// All keys as of one revision.
    ///
    /// Where a compaction overtakes the pages, they are asked for once more.
    package func list() async throws(FeedError) -> EtcdListing {
        do {
            return try await pages()
        } catch {
            guard error.saysCompacted else { throw error }
            return try await pages()
        }
    }

    func count() async throws(FeedError) -> EtcdRangeAnswer {
        try await range(from: prefix.start) { $0.isCountOnly = true }
    }

    /// The keys that changed at `revision` or later and are there, and the store's revision now.
    package func changed(since revision: Int64) async throws(FeedError) -> EtcdRangeAnswer {
        try await range(from: prefix.start) { $0.since = revision }
    }

    /// Pages after the first one are of its revision: together they are one moment.
    private func pages() async throws(FeedError) -> EtcdListing {
        var page = try await range(from: prefix.start) { $0.limit = pageSize }
        let (revision, count) = (page.header.revision, page.count)
        var pairs = page.pairs
        while page.hasMore {
            guard let last = page.pairs.last?.key else {
                throw gateway.server.unreadable(Self.rangePath, "a page without keys")
            }
            page = try await range(from: last + [0]) {
                ($0.limit, $0.revision) = (pageSize, revision)
            }
            pairs += page.pairs
        }
        guard pairs.count == count else {
            throw gateway.server.unreadable(
                Self.rangePath, "\(count) keys are counted, and \(pairs.count) came")
        }
        return EtcdListing(revision: revision, pairs: pairs)
    }

    private func range(
        from start: [UInt8], _ adjust: (inout EtcdRangeRequest) -> Void
    ) async throws(FeedError) -> EtcdRangeAnswer {
        var request = EtcdRangeRequest(key: Data(start), end: Data(prefix.end))
        adjust(&request)
        return try await gateway.ask(Self.rangePath, request, for: EtcdRangeAnswer.self)
    }

    /// Counts the keys now and then, for as long as the server answers.
    func check(_ output: any FeedOutput, into inbox: Inbox) async {
        do {
            while true {
                try await output.pause(for: interval)
                inbox.yield(.counted(try await count()))
            }
        } catch {
            inbox.finish(throwing: error)
        }
    }

    /// Reads one watch to its end, or until nothing was said for `silence`.
    package func read(
        from revision: Int64, silence: Duration = Self.silence, into inbox: Inbox
    ) async {
        var isCreated = false
        do {
            let create = EtcdWatchRequest.Create(
                key: Data(prefix.start), end: Data(prefix.end), revision: revision)
            let stream = try await gateway.stream(
                Self.watchPath, EtcdWatchRequest(create: create), silence: silence)
            var splitter = JSONObjectSplitter()
            for try await piece in stream.pieces {
                for object in try splitter.take(piece) {
                    let result = try self.result(object)
                    isCreated = isCreated || result.isCreated
                    inbox.yield(.told(result))
                }
            }
            inbox.yield(.ended)
        } catch {
            if Self.isMereEnd(error, isCreated: isCreated) {
                inbox.yield(.ended)
            } else {
                inbox.finish(throwing: explained(error))
            }
        }
    }

    private func result(_ object: [UInt8]) throws(FeedError) -> EtcdWatchResult {
        let server = gateway.server
        switch try server.decode(EtcdWatchMessage.self, object, from: Self.watchPath) {
        case .result(let result): return result
        case .refused(let refusal):
            throw .refused(
                address: server.address, path: Self.watchPath, status: 503,
                words: refusal.words(isUserNamed: true))
        }
    }

    /// Silence, or a watch that ran and was cut: proxies do that to the healthiest ones.
    ///
    /// Whether the server is still there, the count that follows will tell.
    private static func isMereEnd(_ error: any Error, isCreated: Bool) -> Bool {
        var network = error as? NetworkError
        if case .unreachable(_, let reason) = error as? FeedError { network = reason }
        switch network {
        case .timedOut: return true
        case .cutShort, .tooLarge: return isCreated
        default: return false
        }
    }

    private func explained(_ error: any Error) -> any Error {
        let server = gateway.server
        switch error {
        case let error as NetworkError:
            return FeedError.unreachable(address: server.address, error)
        case let error as JSONObjectSplitter.Trouble:
            return server.unreadable(Self.watchPath, error.description)
        default: return error
        }
    }
}
