// HTTP: what is asked of a server, what it answers, and why there may be no answer.

/// One request; it is sent once, nothing here retries.
package struct HTTPRequest: Sendable {
    package var method = "GET"
    /// `http://` or `https://`, without a user or password.
    package var url: String
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8] = []
    /// From the start to the last byte; of a stream, to the head and then between two pieces.
    package var deadline: Duration = .seconds(10)
    /// Decoded bytes; a longer body is ``NetworkError/tooLarge(cap:)``.
    ///
    /// A stream may be endless: a slow reader holds its server back instead.
    package var bodyCap = 32 << 20
    package var tls = TLSFiles()
    /// Whether the answer is to tell how long the server's certificate holds.
    package var readsCertificate = false

    package init(_ url: String) {
        self.url = url
    }
}

/// PEM files; nil means the system's authorities, and no client certificate.
package struct TLSFiles: Hashable, Sendable {
    package var authority: String?
    package var certificate: String?
    package var key: String?

    package init() {}
}

/// The header lines of an answer.
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var lines: [(name: String, value: String)]

    package init(_ lines: [(name: String, value: String)]) {
        self.lines = lines
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        lines = elements.map { (name: $0.0, value: $0.1) }
    }

    /// The value of the last line with this name; case does not matter.
    package subscript(name: String) -> String? {
        lines.last { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// What a server answered.
package struct HTTPAnswer: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// When the server's certificate ends, in seconds of Unix time; nil where nobody asked, or there
    /// is none.
    package var certificateEnd: Int64?

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        (self.status, self.headers, self.body) = (status, headers, body)
    }

    /// How long the server wants to be left alone; nil where it does not say, or names a date: our
    /// clock may be another.
    package var retryAfter: Duration? {
        guard let seconds = headers["Retry-After"].flatMap(Int64.init),
            (0...86_400).contains(seconds)
        else { return nil }
        return .seconds(seconds)
    }
}

/// An answer whose body is still coming.
package struct HTTPStream: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    /// Pieces in order; ends by throwing ``NetworkError`` where the answer was cut short.
    package var pieces: AsyncThrowingStream<[UInt8], any Error>

    package init(
        status: Int, headers: HTTPHeaders, pieces: AsyncThrowingStream<[UInt8], any Error>
    ) {
        (self.status, self.headers, self.pieces) = (status, headers, pieces)
    }
}

/// The one door to HTTP; tests open it onto a shelf of fixtures.
package protocol HTTPClient: Sendable {
    /// The whole answer, or why there is none; cancelling the task cancels the request.
    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer

    /// The answer's head at once and its body piece by piece.
    ///
    /// `deadline` bounds the time to the head and then between two pieces, not the whole.
    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream
}

/// Why there is no answer: a sentence's second half, as in `10.0.0.7:8500 refused the connection`.
package enum NetworkError: Error, Hashable, CustomStringConvertible {
    /// No connection, with the reason in words: `refused the connection`, `has no such host name`.
    case unreachable(String)
    case timedOut(after: Duration)
    /// The body was longer than the cap, in bytes.
    case tooLarge(cap: Int)
    /// The connection ended before the answer did.
    case cutShort(String)
    case tls(String)
    case cancelled
    /// A library that is loaded at first use is not installed.
    case missingLibrary(package: String)
    /// The URL cannot be asked.
    case badURL(String)

    package var description: String {
        switch self {
        case .unreachable(let reason): reason
        case .timedOut(let after): "did not answer within \(Self.seconds(after))"
        case .tooLarge(let cap): "sent more than \(Self.size(cap))"
        case .cutShort(let reason): "broke off its answer: \(reason)"
        case .tls(let reason): "failed the TLS handshake: \(reason)"
        case .cancelled: "was not waited for"
        case .missingLibrary(let package):
            "cannot be asked: \(package) is not installed; apt install \(package)"
        case .badURL(let reason): "cannot be asked: \(reason)"
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\(bytes >> 10) KiB" : "\(bytes >> 20) MiB"
    }

    private static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration / .milliseconds(1)
        return milliseconds < 1000 ? "\(Int(milliseconds)) ms" : "\(Int(milliseconds / 1000)) s"
    }
}
