// ConsulQueries: the three questions that the registry's picture is made of.
import Events
import Network

/// A list of checks by state; `any` is the whole of them.
enum ConsulState: String, CaseIterable, Sendable {
    case any, warning, critical
}

/// What a query said, and what its headers did.
struct ConsulReading<Value: Sendable>: Sendable {
    var value: Value
    var answer: ConsulAnswer
}

extension ConsulServer {
    static let catalog = "/v1/catalog/services"

    /// Tells by its head that an answer says what the one before said: it need not be read.
    typealias Known = (ConsulAnswer) -> Bool

    /// The names of all services; nil where the answer is one that `isKnown`.
    func names(
        index: UInt64? = nil, isStale: Bool = false, unless isKnown: Known = { _ in false }
    ) async throws(FeedError) -> ConsulReading<[String]?> {
        let answer = try await ask(Self.catalog, index: index, isStale: isStale)
        guard !isKnown(answer) else { return ConsulReading(value: nil, answer: answer) }
        let names = try read(answer, from: Self.catalog) { (scanner) throws(JSONError) in
            guard try scanner.kind() == .object else {
                throw scanner.error("should begin an object")
            }
            var names: [String] = []
            try scanner.object { (name, scanner) throws(JSONError) in
                names.append(name.text)
                try scanner.array { (scanner) throws(JSONError) in _ = try scanner.string() }
            }
            return names
        }
        return ConsulReading(value: names.filter { !$0.isEmpty }, answer: answer)
    }

    /// All checks in one state; nil where the answer is one that `isKnown`.
    func checks(
        in state: ConsulState, index: UInt64? = nil, isStale: Bool = false, outputLimit: Int,
        unless isKnown: Known = { _ in false }
    ) async throws(FeedError) -> ConsulReading<[ConsulCheck]?> {
        let path = "/v1/health/state/\(state.rawValue)"
        let kept = CheckOutput(limit: outputLimit, secrets: server.secrets)
        var strings = StringTable()
        return try await list(path, index: index, isStale: isStale, unless: isKnown) {
            (scanner) throws(JSONError) in
            try ConsulCheck.list(&scanner, &strings, kept: kept)
        }
    }

    /// All instances of one service, with all their checks.
    func instances(
        of service: String, isStale: Bool, outputLimit: Int
    ) async throws(FeedError) -> ConsulReading<ConsulListing> {
        let path = "/v1/health/service/\(service.percentEncoded())"
        let kept = CheckOutput(limit: outputLimit, secrets: server.secrets)
        let answer = try await ask(path, isStale: isStale)
        let listing = try read(answer, from: path) { (scanner) throws(JSONError) in
            try ConsulListing.read(&scanner, kept: kept)
        }
        return ConsulReading(value: listing, answer: answer)
    }
}

extension FeedError {
    /// Whether the answer was a decided no: asking again soon would not help, asking for something
    /// else may.
    var isRefusal: Bool {
        switch status {
        case 400, 401, 403, 404, 405, 410, 501: true
        default: false
        }
    }

    /// Whether a moment later the answer may be a good one.
    var isPassing: Bool {
        switch self {
        case .unreachable(_, let error): error.isCutShort
        case .refused(_, _, let status, _, _): status == 429 || status >= 500
        case .unreadable: true
        case .undiscovered: false
        }
    }
}

extension NetworkError {
    fileprivate var isCutShort: Bool {
        guard case .cutShort = self else { return false }
        return true
    }
}

/// Asks up to three times where the trouble may pass; `ask` is told which try it is.
func persisting<Answer: Sendable>(
    _ output: any FeedOutput, _ ask: (Int) async throws -> Answer
) async throws -> Answer {
    for attempt in 0..<2 {
        let trouble: FeedError
        do {
            return try await ask(attempt)
        } catch let error as FeedError {
            trouble = error
        }
        guard trouble.isPassing, !trouble.isRefusal else { throw trouble }
        try await output.pause(for: .milliseconds(attempt == 0 ? 100 : 500))
    }
    return try await ask(2)
}
