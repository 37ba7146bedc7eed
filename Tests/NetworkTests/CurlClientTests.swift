// CurlClientTests: whole answers, and why there may be none, over real sockets.
import Glibc
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CurlClientTests {
    private let client = CurlClient()

    private func answer(
        _ steps: LoopbackServer.Step..., path: String = "/", cap: Int = 1 << 20
    ) async throws -> HTTPAnswer {
        let server = try LoopbackServer { _ in steps }
        var request = HTTPRequest(server.url + path)
        request.bodyCap = cap
        return try await client.send(request)
    }

    private func refusal(_ steps: LoopbackServer.Step...) async throws -> NetworkError {
        let server = try LoopbackServer { _ in steps }
        let error = await #expect(throws: NetworkError.self) {
            try await client.send(HTTPRequest(server.url))
        }
        return try #require(error)
    }

    @Test func `an answer has a status, headers in any case and a body`() async throws {
        let answer = try await answer(
            .send("HTTP/1.1 404 Not Found\r\nX-Consul-Index:  7 \r\nContent-Length: 5\r\n\r\nnever")
        )
        #expect(answer.status == 404)
        #expect(answer.headers["x-consul-index"] == "7")
        #expect(answer.headers["X-CONSUL-INDEX"] == "7")
        #expect(answer.body == Array("never".utf8))
    }

    @Test func `no program that is started meanwhile gets a connection of ours`() async throws {
        let (asked, seen) = (Gate(), Gate())
        let server = try LoopbackServer(.open(asked), .wait(seen), .close)
        async let answer = client.send(HTTPRequest(server.url))
        await asked.opened()
        let ours = (3..<1024 as Range<Int32>).filter { peerPort(of: $0) == server.port }
        #expect(ours.count == 1)
        #expect(ours.allSatisfy { fcntl($0, F_GETFD) & FD_CLOEXEC != 0 })
        seen.open()
        _ = try? await answer
    }

    private func peerPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout.size(ofValue: address))
        let isConnected = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getpeername(descriptor, $0, &length) == 0
            }
        }
        guard isConnected, address.sin_family == AF_INET else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }

    @Test func `an answer in chunks is put together`() async throws {
        let answer = try await answer(
            .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"),
            .send("2\r\nde\r\n0\r\nX-Trailer: no header\r\n\r\n"))
        #expect(answer.body == Array("abcde".utf8))
        #expect(answer.headers["X-Trailer"] == nil)
    }

    @Test func `hundreds of header lines are read, and early hints are not the answer`()
        async throws
    {
        let lines = (1...500).map { "X-Line-\($0): \($0)\r\n" }.joined()
        let answer = try await answer(
            .send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
            .send("HTTP/1.1 200 OK\r\n\(lines)Content-Length: 0\r\n\r\n"))
        #expect(answer.status == 200)
        #expect(answer.headers["X-Line-500"] == "500")
        #expect(answer.headers["Link"] == nil)
    }

    @Test func `a packed answer is unpacked`() async throws {
        // printf hello | gzip -n
        let packed: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0,
            0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        let answer = try await answer(
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n"),
            .sendBytes(packed))
        #expect(answer.body == Array("hello".utf8))
    }

    @Test func `a redirect is an answer and is not followed`() async throws {
        let answer = try await answer(
            .send("HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n"))
        #expect(answer.status == 302)
    }

    @Test func `method, headers and body arrive as they were given`() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 204 No Content\r\n\r\n"))
        var request = HTTPRequest(server.url + "/kv?cas=0")
        request.method = "PUT"
        request.headers = [("X-Consul-Token", "secret"), ("X-Empty", "")]
        request.body = Array(repeating: 65, count: 5000)
        _ = try await client.send(request)
        let asked = try #require(server.requests.first)
        #expect(asked.line == "PUT /kv?cas=0 HTTP/1.1")
        #expect(asked.text.contains("\r\nX-Consul-Token: secret\r\n"))
        #expect(asked.text.contains("\r\nX-Empty:\r\n"))
        #expect(asked.text.contains("\r\nContent-Length: 5000\r\n"))
        #expect(asked.text.hasSuffix(String(repeating: "A", count: 5000)))
        #expect(!asked.text.contains("Expect:") && !asked.text.contains("Content-Type:"))
    }

    @Test func `an empty PUT says that it is empty`() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 204 No Content\r\n\r\n"))
        var request = HTTPRequest(server.url)
        request.method = "PUT"
        _ = try await client.send(request)
        #expect(server.requests.first?.text.contains("\r\nContent-Length: 0\r\n") == true)
    }

    @Test func `a connection is used again`() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
        for _ in 1...3 { _ = try await client.send(HTTPRequest(server.url)) }
        #expect(server.connections == 1)
        #expect(server.requests.count == 3)
    }

    @Test func `many requests at once are all answered`() async throws {
        let server = try LoopbackServer { request in
            [
                .send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\(request.line.suffix(11).prefix(2))"
                )
            ]
        }
        let bodies = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 10..<60 {
                group.addTask {
                    let answer = try await client.send(HTTPRequest(server.url + "/\(number)"))
                    return String(decoding: answer.body, as: UTF8.self)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(bodies.sorted() == (10..<60).map(String.init))
    }

    @Test func `a body as long as the cap is taken, a longer one is not`() async throws {
        let body = String(repeating: "x", count: 100_000)
        let sent = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(body)"
        let whole = try await answer(.send(sent), .close, cap: 100_000)
        #expect(whole.body.count == 100_000)
        await #expect(throws: NetworkError.tooLarge(cap: 99_999)) {
            try await answer(.send(sent), .close, cap: 99_999)
        }
    }

    @Test func `a server that says nothing is left at the deadline`() async throws {
        let server = try LoopbackServer(.hang)
        var request = HTTPRequest(server.url)
        request.deadline = .milliseconds(50)
        let clock = ContinuousClock()
        let start = clock.now
        await #expect(throws: NetworkError.timedOut(after: .milliseconds(50))) {
            try await client.send(request)
        }
        #expect(clock.now - start >= .milliseconds(50))
    }

    @Test func `an answer that ends too early is cut short`() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
        let cut = try await refusal(.send(head + "half"), .close)
        #expect(cut == .cutShort("the connection closed before the end"))
        let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
        let cutChunk = try await refusal(.send(chunk), .close)
        #expect(cutChunk == .cutShort("the connection closed before the end"))
        let nothing = try await refusal(.close)
        #expect(nothing == .cutShort("it closed the connection without one"))
    }

    @Test func `a reset is cut short`() async throws {
        let error = try await refusal(.reset)
        #expect(error == .cutShort("the connection was reset"))
    }

    /// curl repeats what a kept connection did not answer, and that it may have been done already is
    /// not to be forgotten.
    @Test func `what was sent before the server refused its repetition is cut short`() async throws
    {
        let asked = Gate()
        var server: LoopbackServer? = try LoopbackServer { request in
            guard request.line.hasPrefix("GET") else { return [.open(asked), .hang] }
            return [.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")]
        }
        var request = HTTPRequest(try #require(server?.url))
        _ = try await client.send(request)
        request.method = "POST"
        request.body = Array("x".utf8)
        let writing = Task { [request] in try await client.send(request) }
        await asked.opened()
        #expect(server?.connections == 1)
        server = nil
        let error = await #expect(throws: NetworkError.self) { try await writing.value }
        #expect(error == .cutShort("the connection broke, and the server refused the connection"))
    }

    @Test func `a cancelled task does not wait for its answer`() async throws {
        let asked = Gate()
        let server = try LoopbackServer { _ in
            asked.open()
            return [.hang]
        }
        let task = Task { try await client.send(HTTPRequest(server.url)) }
        await asked.opened()
        task.cancel()
        await #expect(throws: NetworkError.cancelled) { try await task.value }
    }

    @Test func `a task that is cancelled from the start asks in vain`() async throws {
        let server = try LoopbackServer(.hang)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTPRequest(server.url))
        }
        await #expect(throws: NetworkError.cancelled) { try await task.value }
    }
}
