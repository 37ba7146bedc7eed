// Disturbed: a network that loses things, and other surroundings of a team's store in tests.
import AlertStores
import Fleet
import Network
import Synchronization

enum Interference { case losesAnswer, losesQuestion }

/// Loses the next transactions, before they arrive or when they are answered.
final class Disturbed: HTTPClient {
    private let client: any HTTPClient
    private let interference: Interference
    private let left: Mutex<Int>

    init(_ client: any HTTPClient, _ interference: Interference, calls: Int) {
        (self.client, self.interference) = (client, interference)
        left = Mutex(calls)
    }

    func disturb(calls: Int) { left.withLock { $0 = calls } }

    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        let isWrite = String(decoding: request.body, as: UTF8.self).contains(#""cas""#)
        let isLost = left.withLock { left in
            guard isWrite, left > 0 else { return false }
            left -= 1
            return true
        }
        guard isLost else { return try await client.send(request) }
        if interference == .losesAnswer { _ = try await client.send(request) }
        throw .timedOut(after: request.deadline)
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        try await client.stream(request)
    }
}

/// Answers in the order laid, the last one for ever.
final class Answering: HTTPClient {
    private let answers: Mutex<[HTTPAnswer]>

    init(_ answers: [HTTPAnswer]) { self.answers = Mutex(answers) }

    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        answers.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        throw .unreachable("has no streams")
    }
}

/// A registry with nothing in it, for the length of one test.
func onConsul(_ body: (Registry, String) async throws -> Void) async throws {
    let registry = Registry()
    let server = try HTTPServer { await registry.answer($0) }
    do {
        try await body(registry, server.url)
    } catch {
        await server.stop()
        throw error
    }
    await server.stop()
}

extension Registry {
    func text(of key: String) async -> String {
        let answer = await answer(.init("GET", "/v1/kv/\(key)?raw"))
        return String(decoding: answer.body, as: UTF8.self)
    }

    /// Their names, as they are kept.
    func keys(under prefix: String) async -> [String] {
        let answer = await answer(.init("GET", "/v1/kv/\(prefix)?keys"))
        return String(decoding: answer.body, as: UTF8.self).split(separator: "\"")
            .map(String.init).filter { $0.hasPrefix(prefix) }
    }
}
