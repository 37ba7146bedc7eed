// ZipkinSearch: every trace of a span of time, though each answer has a limit.
import Events
import Network

/// From and to in milliseconds, both included.
struct SearchRange: Hashable {
    var begin: Int64
    var end: Int64

    init(from begin: Instant, to end: Instant) {
        (self.begin, self.end) = (max(0, begin.milliseconds), max(1, end.milliseconds))
    }

    private init(_ begin: Int64, _ end: Int64) { (self.begin, self.end) = (begin, end) }

    /// Nil where there is nothing left to halve.
    var halves: (SearchRange, SearchRange)? {
        guard end - begin >= 8 else { return nil }
        let middle = begin + (end - begin) / 2
        return (SearchRange(begin, middle), SearchRange(middle, end))
    }
}

/// Searches until no answer was cut by its limit.
///
/// `endTs` and `lookback` are milliseconds, unlike all else in Zipkin; another unit finds nothing,
/// silently. What is tested is a trace's own time, its root's, not that of each of its spans.
struct ZipkinSearch {
    /// Asks for all services' traces together, or for one's.
    enum Subject {
        case all
        case service(String)

        fileprivate var parameter: String {
            switch self {
            case .all: ""
            case .service(let name): "serviceName=\(name.percentEncoded)&"
            }
        }

        /// Traces of one service repeat each other's: less at once.
        fileprivate var limit: Int {
            switch self {
            case .all: 1000
            case .service: 100
            }
        }
    }

    private static let mostLimit = 1_000_000
    let server: Server

    /// Adds all traces of `range` to `harvest`.
    func read(
        _ range: SearchRange, of subject: Subject, into harvest: inout ZipkinHarvest
    ) async throws(FeedError) {
        try await read(range, of: subject, limit: subject.limit, into: &harvest)
    }

    /// The services that the store knows.
    func services() async throws(FeedError) -> [String] {
        let path = "/api/v2/services"
        let body = try server.json(try await server.ask(path), from: path)
        return try server.decode([String].self, body, from: path)
    }

    private func read(
        _ range: SearchRange, of subject: Subject, limit: Int, into harvest: inout ZipkinHarvest
    ) async throws(FeedError) {
        guard let (traces, bytes) = try await ask(range, of: subject, limit: limit) else {
            try await proveModest(range, of: subject, &harvest)
            return try await readHalves(range, of: subject, limit: limit, into: &harvest)
        }
        if traces.count < limit {
            harvest.add(traces, bytes: bytes)
        } else if range.halves != nil {
            try await readHalves(range, of: subject, limit: limit, into: &harvest)
        } else if limit < Self.mostLimit {
            try await read(range, of: subject, limit: limit * 10, into: &harvest)
        } else {
            harvest.add(traces, bytes: bytes)
        }
    }

    private func readHalves(
        _ range: SearchRange, of subject: Subject, limit: Int, into harvest: inout ZipkinHarvest
    ) async throws(FeedError) {
        guard let (earlier, later) = range.halves else {
            throw server.unreadable("/api/v2/traces", "a few milliseconds of traces are too much")
        }
        try await read(later, of: subject, limit: limit, into: &harvest)
        try await read(earlier, of: subject, limit: limit, into: &harvest)
    }

    /// Throws where even one trace is too long an answer: then halving would not help.
    private func proveModest(
        _ range: SearchRange, of subject: Subject, _ harvest: inout ZipkinHarvest
    ) async throws(FeedError) {
        guard !harvest.isModest else { return }
        guard try await ask(range, of: subject, limit: 1) != nil else {
            throw server.unreadable("/api/v2/traces", "one trace is too long an answer")
        }
        harvest.isModest = true
    }

    /// Nil where the answer is longer than a body may be.
    private func ask(
        _ range: SearchRange, of subject: Subject, limit: Int
    ) async throws(FeedError) -> (traces: [[ZipkinSpan]], bytes: Int)? {
        let lookback = max(1, range.end - range.begin)
        let path =
            "/api/v2/traces?\(subject.parameter)endTs=\(range.end)&lookback=\(lookback)&limit=\(limit)"
        let answer: HTTPAnswer
        do {
            answer = try await server.ask(path)
        } catch .unreachable(_, .tooLarge) {
            return nil
        } catch {
            throw error
        }
        let body = try server.json(answer, from: path)
        return (try server.decode([[ZipkinSpan]].self, body, from: path), body.count)
    }
}
