// NetworkErrorTests: libcurl's codes in plain words.
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct NetworkErrorTests {
    private func refusal(of url: String, client: CurlClient = .shared) async throws -> String {
        let error = await #expect(throws: NetworkError.self) {
            try await client.send(HTTPRequest(url))
        }
        return try #require(error).description
    }

    @Test func `nobody listens on the port`() async throws {
        let url = try LoopbackServer(.close).url
        #expect(try await refusal(of: url) == "refused the connection")
    }

    @Test func `what speaks no TLS is told so`() async throws {
        let server = try LoopbackServer(.send("HTTP/1.1 400 Bad Request\r\n\r\n"), .close)
        let url = server.url.replacing("http:", with: "https:")
        #expect(try await refusal(of: url) == "speaks no TLS on this port")
    }

    @Test func `what speaks no HTTP is told so`() async throws {
        let server = try LoopbackServer(.send("220 mail.example ESMTP\r\n"), .close)
        #expect(try await refusal(of: server.url) == "speaks no HTTP on this port")
    }

    @Test func `a broken packing is cut short`() async throws {
        let server = try LoopbackServer(
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone"))
        #expect(
            try await refusal(of: server.url)
                == "broke off its answer: its compression cannot be read")
    }

    @Test(arguments: [
        ("ftp://127.0.0.1/", "cannot be asked: only http and https are spoken"),
        ("http://", "cannot be asked: its URL is not one"),
        ("http://a b/", "cannot be asked: its URL holds a space or a control character"),
        ("http://127.0.0.1:99999/", "cannot be asked: its URL is not one"),
    ])
    func `a URL that cannot be asked says why`(url: String, reason: String) async throws {
        #expect(try await refusal(of: url) == reason)
    }

    @Test func `a password in a URL is neither used nor repeated`() async throws {
        let reason = try await refusal(of: "http://admin:hunter2@127.0.0.1:1/")
        #expect(reason.contains("name user and password apart from it"))
        #expect(!reason.contains("hunter2") && !reason.contains("admin"))
    }

    @Test func `a header that would smuggle lines is refused and not repeated`() async throws {
        var request = HTTPRequest("http://127.0.0.1:1/")
        request.headers = [("X-Consul-Token", "secret\r\nX-Other: 1")]
        await #expect(
            throws: NetworkError.badURL("the value of the header X-Consul-Token holds a line break")
        ) {
            try await CurlClient.shared.send(request)
        }
    }

    @Test func `a missing library is named with its remedy`() async throws {
        let client = CurlClient(library: "libnowhere.so.9")
        #expect(
            try await refusal(of: "http://127.0.0.1:1/", client: client)
                == "cannot be asked: libcurl4 is not installed; apt install libcurl4")
    }

    @Test func `an authority's file that is missing is named`() async throws {
        let server = try LoopbackServer(.hang)
        var request = HTTPRequest("https://127.0.0.1:\(server.port)/")
        request.tls.authority = "/nowhere/ca.pem"
        let error = await #expect(throws: NetworkError.self) {
            try await CurlClient.shared.send(request)
        }
        #expect(error == .tls("the authorities in /nowhere/ca.pem cannot be read"))
    }

    @Test(arguments: [
        (NetworkError.timedOut(after: .milliseconds(300)), "did not answer within 300 ms"),
        (.timedOut(after: .seconds(10)), "did not answer within 10 s"),
        (.tooLarge(cap: 32 << 20), "sent more than 32 MiB"),
        (.tooLarge(cap: 64 << 10), "sent more than 64 KiB"),
        (.cancelled, "was not waited for"),
    ])
    func `an error is a sentence's second half`(error: NetworkError, words: String) {
        #expect(error.description == words)
    }
}
