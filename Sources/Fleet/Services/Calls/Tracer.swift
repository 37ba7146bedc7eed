// Tracer: spans that have ended, sent to the trace store five times a second.
internal import Network
import Synchronization

final class Tracer: Sendable {
    /// A store that does not answer costs no more memory than this many spans.
    private static let cap = 5_000

    private let http: any HTTPClient
    private let url: String
    private let ended = Mutex<[JSON]>([])

    init(http: any HTTPClient, zipkin: String) {
        self.http = http
        url = "\(zipkin)/api/v2/spans"
    }

    func end(_ span: Span) {
        let json = span.ended()
        ended.withLock { spans in
            if spans.count < Self.cap { spans.append(json) }
        }
    }

    /// Sends until cancelled.
    func run() async {
        while (try? await Task.sleep(for: .milliseconds(200))) != nil { await send() }
    }

    private func send() async {
        let spans = ended.withLock { spans in
            defer { spans = [] }
            return spans
        }
        guard !spans.isEmpty else { return }
        var request = HTTPRequest(url)
        request.method = "POST"
        request.headers = [("Content-Type", "application/json")]
        request.body = JSON.array(spans).bytes
        request.deadline = .seconds(2)
        if (try? await http.send(request)) != nil { return }
        ended.withLock { $0 = Array((spans + $0).prefix(Self.cap)) }
    }
}
