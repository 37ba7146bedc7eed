// Shelf: an HTTP client that answers from what a test laid on it.
package import Network
import Synchronization

/// Answers by path; a path laid several times is answered in that order, the last one for ever.
package final class Shelf: HTTPClient {
    package typealias Rule = @Sendable (HTTPRequest) async throws(NetworkError) -> HTTPAnswer

    private let rule: Rule
    private let log = Mutex<[HTTPRequest]>([])

    /// Answers each request as `rule` says.
    package init(_ rule: @escaping Rule) {
        self.rule = rule
    }

    /// Answers a path (with its query, else without it) with the bodies laid for it, in order.
    package convenience init(_ answers: [String: [HTTPAnswer]]) {
        let left = Mutex(answers)
        self.init { (request) throws(NetworkError) in
            let target = Self.target(request.url)
            let bare = String(target.prefix { $0 != "?" })
            return left.withLock { answers in
                guard let key = [target, bare].first(where: { answers[$0] != nil }),
                    let next = answers[key]?.first
                else { return HTTPAnswer(status: 404) }
                if let count = answers[key]?.count, count > 1 { answers[key]?.removeFirst() }
                return next
            }
        }
    }

    /// What was asked, in order.
    package var requests: [HTTPRequest] { log.withLock { $0 } }
    /// Path and query of what was asked.
    package var targets: [String] { requests.map { Self.target($0.url) } }

    package func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        log.withLock { $0.append(request) }
        return try await rule(request)
    }

    package func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        let answer = try await send(request)
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(answer.body)
            continuation.finish()
        }
        return HTTPStream(status: answer.status, headers: answer.headers, pieces: pieces)
    }

    private static func target(_ url: String) -> String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count == 4 ? "/\(parts[3])" : "/"
    }
}

extension HTTPAnswer {
    /// A JSON answer of status 200.
    package static func json(_ text: String, _ headers: HTTPHeaders = [:]) -> HTTPAnswer {
        HTTPAnswer(status: 200, headers: headers, body: Array(text.utf8))
    }
}
