// Server: one server as a feed asks it: where it is, and who we are there.
package import Events
import FoundationEssentials
package import Network

/// Finds the instances of a service; the engine answers from what the registries told.
package protocol ServiceResolver: Sendable {
    /// `host:port` of each instance; only of those that pass, where who asks needs one that is well.
    func addresses(of service: String, onlyPassing: Bool) async -> [String]
}

/// Asks one server, or one healthy instance of a discovered service, and explains bad answers.
///
/// Pacing, counting and retrying are not its business: the client given to it is metered by the
/// engine, and the supervisor runs the feed again.
package struct Server: Sendable {
    /// For people; without a user or password.
    package let address: String
    package let deadline: Duration
    private let target: Target
    private let client: any HTTPClient
    private let headers: [(name: String, value: String)]
    private let tls: TLSFiles
    let secrets: OwnSecrets

    private enum Target: Sendable {
        /// Without a trailing slash.
        case url(String)
        case service(String, path: String, any ServiceResolver)
    }

    /// `headers` are sent with each request, such as a token's.
    package init(
        _ settings: FeedSettings, client: any HTTPClient, resolver: any ServiceResolver,
        headers: [(name: String, value: String)] = []
    ) {
        let location = Location(settings.url)
        address = location.address
        deadline = settings.deadline
        target =
            location.scheme == "consul"
            ? .service(location.host, path: location.path, resolver)
            : .url("\(location.scheme)://\(location.host)\(location.path)")
        var headers = headers
        if let credentials = settings.credentials ?? location.credentials {
            headers.append(("Authorization", "Basic \(credentials)"))
        }
        self.headers = headers
        self.client = client
        secrets = OwnSecrets(settings)
        var tls = TLSFiles()
        (tls.authority, tls.certificate) = (settings.authorityFile, settings.certificateFile)
        tls.key = settings.keyFile
        self.tls = tls
    }

    /// What `path` answers, whatever its status.
    package func ask(
        _ path: String, method: String = "GET", body: [UInt8] = [],
        headers more: [(name: String, value: String)] = [], deadline: Duration? = nil,
        cap: Int? = nil
    ) async throws(FeedError) -> HTTPAnswer {
        try await tryEach { [client] (base) async throws(NetworkError) in
            var request = request(base + path, method, body, more, deadline ?? self.deadline)
            if let cap { request.bodyCap = cap }
            return try await client.send(request)
        }
    }

    /// The answer to `path`, its body piece by piece, whatever its status.
    package func stream(
        _ path: String, method: String = "GET", body: [UInt8] = [],
        headers more: [(name: String, value: String)] = [], deadline: Duration? = nil,
        cap: Int? = nil
    ) async throws(FeedError) -> HTTPStream {
        try await tryEach { [client] (base) async throws(NetworkError) in
            var request = request(base + path, method, body, more, deadline ?? self.deadline)
            if let cap { request.bodyCap = cap }
            return try await client.stream(request)
        }
    }

    /// Whether it is asked through TLS.
    package var isSecure: Bool {
        if case .url(let base) = target { base.hasPrefix("https:") } else { false }
    }

    /// When the certificate ends that the server shows; nil where it shows none, or does not say.
    package func certificateEnd() async -> Instant? {
        guard isSecure, case .url(let base) = target else { return nil }
        var request = request(base, "HEAD", [], [], min(deadline, .seconds(3)))
        request.readsCertificate = true
        let end = try? await client.send(request).certificateEnd
        return end.map { Instant(milliseconds: $0 * 1000) }
    }

    /// Throws unless the answer's status is 200.
    package func check(_ answer: HTTPAnswer, from path: String) throws(FeedError) {
        guard answer.status == 200 else {
            throw .refused(
                address: address, path: Self.shown(path), status: answer.status,
                words: words(answer), retryAfter: answer.retryAfter)
        }
    }

    /// The body of an answer that must be JSON with status 200.
    package func json(_ answer: HTTPAnswer, from path: String) throws(FeedError) -> [UInt8] {
        try check(answer, from: path)
        let first = answer.body.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
        switch first {
        case nil: throw unreadable(path, "the answer is empty")
        case UInt8(ascii: "<"):
            throw unreadable(path, "a web page came instead of JSON; is a login or proxy in front?")
        default: return answer.body
        }
    }

    /// Decodes `body` or says where in it the trouble is.
    ///
    /// Somebody's broken name hides nobody else's: what is no UTF-8 becomes `\u{FFFD}`.
    package func decode<Value: Decodable>(
        _ type: Value.Type, _ body: [UInt8], from path: String
    ) throws(FeedError) -> Value {
        do {
            return try decode(type, from: body)
        } catch let error as DecodingError {
            throw unreadable(path, error.sentence)
        } catch {
            throw unreadable(path, "not JSON")
        }
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type, from body: [UInt8]
    ) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            guard String(validating: body, as: UTF8.self) == nil else { throw error }
            let mended = String(decoding: body, as: UTF8.self)
            return try JSONDecoder().decode(type, from: Data(mended.utf8))
        }
    }

    /// `text` from a server without our own secrets, nor what looks like anybody's.
    func hidden(_ text: String) -> String { secrets.hidden(in: text) }

    package func unreadable(_ path: String, _ reason: String) -> FeedError {
        .unreadable(address: address, path: Self.shown(path), reason: reason)
    }

    /// Asks up to three instances of a discovered service; a fixed server once.
    private func tryEach<Answer: Sendable>(
        _ ask: (String) async throws(NetworkError) -> Answer
    ) async throws(FeedError) -> Answer {
        switch target {
        case .url(let base):
            do { return try await ask(base) } catch { throw .unreachable(address: address, error) }
        case .service(let name, let path, let resolver):
            var failure = FeedError.undiscovered(service: name)
            for host in await resolver.addresses(of: name, onlyPassing: true)
                .shuffled().prefix(3)
            {
                do {
                    return try await ask("http://\(host)\(path)")
                } catch {
                    failure = .unreachable(address: "\(name) at \(host)", error)
                    if error == .cancelled { break }
                }
            }
            throw failure
        }
    }

    private func request(
        _ url: String, _ method: String, _ body: [UInt8],
        _ more: [(name: String, value: String)], _ deadline: Duration
    ) -> HTTPRequest {
        var request = HTTPRequest(url)
        (request.method, request.body) = (method, body)
        (request.headers, request.deadline, request.tls) = (headers + more, deadline, tls)
        return request
    }

    /// A path for people: without its query, which may be long.
    private static func shown(_ path: String) -> String {
        String(path.prefix { $0 != "?" })
    }

    /// The first words of a plain-text refusal; web pages say nothing.
    private func words(_ answer: HTTPAnswer) -> String {
        let text = String(decoding: answer.body.prefix(4096), as: UTF8.self)
        guard !text.prefix(160).contains("<") else { return "" }
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        // Hidden before it is cut: half a secret is one too.
        return String(secrets.hidden(in: line).prefix(160))
    }
}
