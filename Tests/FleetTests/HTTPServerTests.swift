import Network
import Synchronization
import Testing

@testable import Fleet

struct HTTPServerTests {
    @Test func `a request arrives whole, and its answer leaves whole`() async throws {
        let server = try HTTPServer { request in
            let told = [
                request.method, request.path.joined(separator: "|"), request.query("q") ?? "-",
                request.headers["x-consul-token"] ?? "-",
                String(decoding: request.body, as: UTF8.self),
            ]
            return .text(201, told.joined(separator: " "))
        }
        let answer = try await ask(
            "PUT", server.url + "/v1/a%2Fb/?q=1%202+3", headers: [("X-Consul-Token", "t")],
            body: "body")
        #expect(answer.status == 201)
        #expect(answer.text == "PUT v1|a/b| 1 2 3 t body")
        #expect(answer.headers["Content-Type"] == "text/plain; charset=utf-8")
        await server.stop()
    }

    @Test func `a body of a megabyte comes back as it was sent`() async throws {
        let server = try HTTPServer { HTTPServer.Response(200, body: $0.body) }
        let sent = String(repeating: "0123456789abcdef", count: 65536)
        #expect(try await ask("POST", server.url + "/", body: sent).text == sent)
        await server.stop()
    }

    @Test func `requests that are held are answered when the server stops`() async throws {
        let held = Held(100)
        let server = try HTTPServer { _ in
            await held.arrive()
            try? await Task.sleep(for: .seconds(600))
            return .text(200, "held")
        }
        let url = server.url
        try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<100 { group.addTask { try await ask("GET", url).text } }
            await held.all()
            await server.stop()
            for try await text in group { #expect(text == "held") }
        }
    }

    @Test func `a stopped server refuses, and its port can be taken again`() async throws {
        let first = try #require(Self.serverOnAPortOfItsOwn())
        await first.stop()
        await #expect(throws: NetworkError.unreachable("refused the connection")) {
            try await ask("GET", first.url)
        }
        let second = try HTTPServer(port: first.port) { _ in .text(200, "second") }
        #expect(try await ask("GET", first.url).text == "second")
        #expect(throws: HTTPServerError.self) {
            try HTTPServer(port: second.port) { _ in .text(200, "") }
        }
        await second.stop()
    }

    /// On a port that the kernel gives to nobody who asks for any: other tests do.
    private static func serverOnAPortOfItsOwn() -> HTTPServer? {
        for _ in 1...100 {
            let server = try? HTTPServer(port: .random(in: 20_000..<32_000)) { _ in
                .text(200, "first")
            }
            if let server { return server }
        }
        return nil
    }
}

/// Tells when so many have arrived.
private actor Held {
    private var missing: Int
    private var waiter: CheckedContinuation<Void, Never>?

    init(_ count: Int) { missing = count }

    func arrive() {
        missing -= 1
        if missing == 0 { waiter?.resume() }
    }

    func all() async {
        guard missing > 0 else { return }
        await withCheckedContinuation { waiter = $0 }
    }
}
