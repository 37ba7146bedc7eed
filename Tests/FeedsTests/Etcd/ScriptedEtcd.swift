// ScriptedEtcd: an etcd of which a test writes each answer, and holds each watch.
import Foundation
import Network
import Synchronization
import TestKit

/// Ranges are answered in the order laid, the last one for ever; watches wait for the test.
final class ScriptedEtcd: HTTPClient {
    struct Watch: Sendable {
        var request: HTTPRequest
        var pieces: AsyncThrowingStream<[UInt8], any Error>.Continuation

        func tell(_ text: String) { pieces.yield(Array(text.utf8)) }
    }

    private struct State {
        var answers: [String: [HTTPAnswer]]
        var requests: [HTTPRequest] = []
    }

    private let state: Mutex<State>
    private let watches = AsyncStream.makeStream(of: Watch.self)

    init(ranges: [HTTPAnswer], logins: [HTTPAnswer] = []) {
        state = Mutex(
            State(answers: ["/v3/kv/range": ranges, "/v3/auth/authenticate": logins]))
    }

    var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// The bodies sent to `path`, as JSON.
    func questions(_ path: String) -> [[String: Any]] {
        requests.filter { $0.url.hasSuffix(path) }.compactMap {
            try? JSONSerialization.jsonObject(with: Data($0.body)) as? [String: Any]
        }
    }

    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        state.withLock { state in
            state.requests.append(request)
            let path = state.answers.keys.first { request.url.hasSuffix($0) } ?? ""
            let answers = state.answers[path] ?? []
            if answers.count > 1 { state.answers[path]?.removeFirst() }
            return answers.first ?? HTTPAnswer(status: 404)
        }
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        state.withLock { $0.requests.append(request) }
        let (pieces, continuation) = AsyncThrowingStream.makeStream(of: [UInt8].self)
        watches.continuation.yield(Watch(request: request, pieces: continuation))
        return HTTPStream(status: 200, headers: [:], pieces: pieces)
    }

    /// The next watch that the feed opens.
    func nextWatch() async throws -> Watch {
        for await watch in watches.stream { return watch }
        throw CancellationError()
    }
}

extension HTTPAnswer {
    /// A range's answer: keys with their values and revisions.
    static func range(
        revision: Int, _ keys: (key: String, value: String, revision: Int)..., count: Int? = nil
    ) -> HTTPAnswer {
        let pairs = keys.map { pair in
            """
            {"key":"\(pair.key.base64)","create_revision":"1","mod_revision":"\(pair.revision)", \
            "version":"1","value":"\(pair.value.base64)","lease":"7"}
            """
        }
        let kvs = keys.isEmpty ? "" : #","kvs":[\#(pairs.joined(separator: ", "))]"#
        let total = count ?? keys.count
        let counted = total == 0 ? "" : #", "count":"\#(total)""#
        return .json(#"{"header":{"revision":"\#(revision)"}\#(kvs)\#(counted)}"#)
    }
}

/// Recorded answers of real servers.
enum EtcdFixture {
    static let versions = ["3.4", "3.6"]

    static func bytes(_ version: String, _ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = folder.appending(path: "Fixtures/etcd/\(version)/\(name)")
        return try [UInt8](Data(contentsOf: file))
    }

    static func answer(_ version: String, _ name: String, status: Int = 200) throws -> HTTPAnswer {
        HTTPAnswer(status: status, body: try bytes(version, name))
    }
}
