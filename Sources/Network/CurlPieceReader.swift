// CurlPieceReader: the reader's end of a streamed answer; letting go of it cancels the request.

/// Hands out pieces in order, to one reader.
final class CurlPieceReader: Sendable {
    let ticket: CancelTicket
    private let body: CurlStreamedBody

    init(_ body: CurlStreamedBody, _ ticket: CancelTicket) {
        (self.body, self.ticket) = (body, ticket)
    }

    deinit {
        ticket.cancel()
    }

    func head() async throws(NetworkError) -> CurlStreamedBody.Head {
        try await withTaskCancellationHandler {
            await body.head()
        } onCancel: {
            ticket.cancel()
        }.get()
    }

    /// All that came since the last piece; nil where the answer is complete.
    func next() async throws(NetworkError) -> [UInt8]? {
        let (bytes, wasFull) = await withTaskCancellationHandler {
            await body.take()
        } onCancel: {
            ticket.cancel()
        }
        if wasFull { ticket.resume() }
        return try bytes.get()
    }
}
