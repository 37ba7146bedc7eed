// OrderParticipant: what the coordinator asks of the order service when a saga ends.
import Network

/// Answers `PUT /sagas/<id>/compensate` and `/complete`, as LRA wants it.
struct OrderParticipant: Sendable {
    let book: OrderBook

    func answer(_ request: HTTPServer.Request) async -> HTTPServer.Response {
        guard request.path.count == 3, request.path[0] == "sagas" else {
            return .text(404, "no such path")
        }
        let id = request.path[1]
        // Gone means that there is nothing left to do.
        guard let saga = await book.saga(id) else { return .text(410, "Compensated") }
        switch request.path[2] {
        case "complete":
            await book.forget(id)
            return .text(200, "Completed")
        case "compensate":
            if let problem = await saga.compensate() { return .text(503, problem) }
            await book.forget(id)
            return .text(200, "Compensated")
        default:
            return .text(404, "no such path")
        }
    }
}
