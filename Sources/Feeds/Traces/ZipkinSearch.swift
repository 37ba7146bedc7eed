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

    /// The range in `count` parts or fewer, the latest first; nil where there is nothing left to cut.
    func parts(_ count: Int) -> [SearchRange]? {
        let count = min(Int64(count), (end - begin) / 4)
        guard count >= 2 else { return nil }
        let length = end - begin
        return (0..<count).reversed().map { part in
            SearchRange(begin + length * part / count, begin + length * (part + 1) / count)
        }
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
            case .service(let name): "serviceName=\(name.percentEncoded())&"
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
            guard let halves = range.parts(2) else {
                throw server.unreadable(
                    "/api/v2/traces", "a few milliseconds of traces are too much")
            }
            return try await read(halves, of: subject, limit: limit, into: &harvest)
        }
        if traces.count < limit {
            harvest.add(traces, bytes: bytes)
        } else if let parts = range.parts(Self.partCount(range, traces)) {
            try await read(parts, of: subject, limit: limit, into: &harvest)
        } else if limit < Self.mostLimit {
            try await read(range, of: subject, limit: limit * 10, into: &harvest)
        } else {
            harvest.add(traces, bytes: bytes)
        }
    }

    private func read(
        _ parts: [SearchRange], of subject: Subject, limit: Int, into harvest: inout ZipkinHarvest
    ) async throws(FeedError) {
        for part in parts { try await read(part, of: subject, limit: limit, into: &harvest) }
    }

    /// Into how many parts to cut a range of which only `traces` were given.
    ///
    /// Most stores give the latest traces: how far back they reach tells how many there are.
    private static func partCount(_ range: SearchRange, _ traces: [[ZipkinSpan]]) -> Int {
        let times = traces.joined().lazy.map(\.timestamp).filter { $0 > 0 }
        let reach = range.end - (times.min().map { $0 / 1000 } ?? range.begin)
        let share = Double(range.end - range.begin) / Double(max(1, reach))
        return Int(min(64, max(2, share * 1.5)))
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
        var scanner = JSONScanner(body)
        do {
            let traces = try ZipkinSpan.traces(&scanner)
            try scanner.end()
            return (traces, body.count)
        } catch {
            throw server.unreadable(path, "\(error)")
        }
    }
}
