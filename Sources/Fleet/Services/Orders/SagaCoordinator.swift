// SagaCoordinator: what the order service asks of its coordinator, over LRA's REST API.
internal import Network

struct SagaCoordinator: Sendable {
    enum End: String, Sendable {
        case close, cancel
    }

    let http: any HTTPClient
    /// `http://127.0.0.1:P/lra-coordinator`.
    let url: String

    /// Starts a saga; its URL.
    func start() async throws(GRPCError) -> String {
        let answer = try await ask("POST", "\(url)/start?ClientID=order-saga", expecting: 201)
        return answer.headers["Location"] ?? String(decoding: answer.body, as: UTF8.self)
    }

    /// Says whom to tell how the saga ends: `participant` with `/compensate` or `/complete`.
    func join(_ saga: String, participant: String) async throws(GRPCError) {
        let links = ["compensate", "complete"].map { "<\(participant)/\($0)>; rel=\"\($0)\"" }
        let headers = [(name: "Link", value: links.joined(separator: ", "))]
        _ = try await ask("PUT", saga, headers, expecting: 200)
    }

    /// Ends the saga, and does not give up soon: an open saga is a promise.
    func end(_ saga: String, _ end: End) async {
        for attempt in 0..<8 {
            // A clear no is an answer too: somebody else has ended it.
            let answer = try? await send("PUT", "\(saga)/\(end)")
            if let answer, answer.status < 500 { return }
            guard (try? await Task.sleep(for: .milliseconds(200 << attempt))) != nil else { return }
        }
    }

    private func ask(
        _ method: String, _ url: String, _ headers: [(name: String, value: String)] = [],
        expecting status: Int
    ) async throws(GRPCError) -> HTTPAnswer {
        do throws(NetworkError) {
            let answer = try await send(method, url, headers)
            if answer.status == status { return answer }
            throw .unreachable("answered \(answer.status)")
        } catch {
            throw .status(.unavailable, "the saga coordinator \(error)")
        }
    }

    private func send(
        _ method: String, _ url: String, _ headers: [(name: String, value: String)] = []
    ) async throws(NetworkError) -> HTTPAnswer {
        var request = HTTPRequest(url)
        (request.method, request.headers) = (method, headers)
        return try await http.send(request)
    }
}
