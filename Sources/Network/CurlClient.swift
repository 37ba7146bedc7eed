// CurlClient: HTTP over libcurl's multi handle, on a thread of its own.
import CCurl

/// Sends requests through libcurl, which is loaded when the first one comes.
///
/// Connections are kept and used again; redirects are not followed; nothing is tried twice.
package final class CurlClient: HTTPClient {
    /// One for the whole program: connections are shared by all that ask the same server.
    package static let shared = CurlClient()

    nonisolated(unsafe) private let client: OpaquePointer?

    /// `library` is what the loader looks for; tests name one that is missing.
    package init(library: String = "libcurl.so.4") {
        client = claw_http_client_new(library)
    }

    deinit {
        if let client { claw_http_client_free(client) }
    }

    package func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        let client = try running()
        let transfer = try CurlTransfer(request, patience: .wholeAnswer)
        let ticket = CancelTicket(on: self)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: CurlWholeAnswer.Waiter) in
                let answer = CurlWholeAnswer(to: request, waiter)
                ticket.started(transfer.start(on: client, telling: answer))
            }
        } onCancel: {
            ticket.cancel()
        }
        return try result.get()
    }

    package func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        let client = try running()
        let transfer = try CurlTransfer(request, patience: .betweenPieces)
        let body = CurlStreamedBody(of: request)
        let reader = CurlPieceReader(body, CancelTicket(on: self))
        reader.ticket.started(transfer.start(on: client, telling: body))
        let head = try await reader.head()
        let pieces = AsyncThrowingStream { try await reader.next() }
        return HTTPStream(status: head.status, headers: head.headers, pieces: pieces)
    }

    private func running() throws(NetworkError) -> OpaquePointer {
        guard let client else { throw .unreachable("cannot be asked: no thread is to be had") }
        return client
    }

    func cancel(_ id: UInt64) {
        if let client { claw_http_cancel(client, id) }
    }

    func resume(_ id: UInt64) {
        if let client { claw_http_resume(client, id) }
    }
}
