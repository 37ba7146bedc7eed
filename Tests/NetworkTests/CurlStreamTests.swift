// CurlStreamTests: answers that are read while they come.
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct CurlStreamTests {
    private let client = CurlClient()
    private let head = "HTTP/1.1 200 OK\r\nX-Kind: watch\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func `each piece is there before the next one is sent`() async throws {
        let gates = [Gate(), Gate(), Gate()]
        let server = try LoopbackServer(
            .send(head), .wait(gates[0]), .send("3\r\none\r\n"),
            .wait(gates[1]), .send("3\r\ntwo\r\n"), .wait(gates[2]), .send("0\r\n\r\n"))
        let stream = try await client.stream(HTTPRequest(server.url))
        #expect(stream.status == 200)
        #expect(stream.headers["x-kind"] == "watch")
        var pieces = stream.pieces.makeAsyncIterator()
        gates[0].open()
        #expect(try await pieces.next() == Array("one".utf8))
        gates[1].open()
        #expect(try await pieces.next() == Array("two".utf8))
        gates[2].open()
        #expect(try await pieces.next() == nil)
    }

    @Test func `the deadline runs anew with each piece`() async throws {
        let server = try LoopbackServer(.send(head + "3\r\none\r\n"), .hang)
        var request = HTTPRequest(server.url)
        request.deadline = .milliseconds(50)
        var pieces = try await client.stream(request).pieces.makeAsyncIterator()
        #expect(try await pieces.next() == Array("one".utf8))
        await #expect(throws: NetworkError.timedOut(after: .milliseconds(50))) {
            try await pieces.next()
        }
    }

    @Test func `a head that does not come is left at the deadline`() async throws {
        let server = try LoopbackServer(.hang)
        var request = HTTPRequest(server.url)
        request.deadline = .milliseconds(50)
        await #expect(throws: NetworkError.timedOut(after: .milliseconds(50))) {
            try await client.stream(request)
        }
    }

    @Test func `a stream that breaks off throws after its last piece`() async throws {
        let server = try LoopbackServer(.send(head + "3\r\none\r\n"), .close)
        var pieces = try await client.stream(HTTPRequest(server.url)).pieces.makeAsyncIterator()
        #expect(try await pieces.next() == Array("one".utf8))
        await #expect(throws: NetworkError.self) { try await pieces.next() }
    }

    @Test func `a cancelled reader ends its request`() async throws {
        let (asked, gone) = (Gate(), Gate())
        let server = try LoopbackServer(.send(head), .open(asked), .hang, .open(gone))
        let stream = try await client.stream(HTTPRequest(server.url))
        let task = Task {
            for try await _ in stream.pieces {}
        }
        await asked.opened()
        task.cancel()
        _ = await task.result
        await gone.opened()
    }

    @Test func `letting go of a stream ends its request`() async throws {
        let gone = Gate()
        let server = try LoopbackServer(.send(head), .hang, .open(gone))
        _ = try await client.stream(HTTPRequest(server.url))
        await gone.opened()
    }

    @Test func `a slow reader holds its server back and loses nothing`() async throws {
        let chunk = "10000\r\n" + String(repeating: "y", count: 65536) + "\r\n"
        let all = Array(repeating: LoopbackServer.Step.send(chunk), count: 200)
        let server = try LoopbackServer { [head] _ in [.send(head)] + all + [.send("0\r\n\r\n")] }
        var total = 0
        var largest = 0
        for try await piece in try await client.stream(HTTPRequest(server.url)).pieces {
            total += piece.count
            largest = max(largest, piece.count)
        }
        #expect(total == 200 * 65536)
        #expect(largest < 512 << 10)
    }
}
