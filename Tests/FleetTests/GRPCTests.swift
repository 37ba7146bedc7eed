import Network
import Testing

@testable import Fleet

@Suite(.timeLimit(.minutes(5)))
struct GRPCTests {
    /// Answers what it is sent, with the exceptions that its paths name.
    private static func serve(_ request: GRPCRequest) async throws(GRPCError) -> [UInt8] {
        switch request.path {
        case "/test.Echo/Say": return request.message
        case "/test.Echo/Header": return Array((request.metadata["b3"] ?? "none").utf8)
        case "/test.Echo/Refuse": throw .status(.failedPrecondition, "card declined: 100% ü")
        case "/test.Echo/Wait":
            try? await Task.sleep(for: .seconds(20))
            return []
        default: throw .status(.unimplemented, "no method \(request.path)")
        }
    }

    private func withServer(
        _ body: (GRPCChannel, Int) async throws -> Void,
        handler: @escaping GRPCServer.Handler = serve
    ) async throws {
        let server = try GRPCServer(handler: handler)
        let channel = try GRPCChannel(target: "ipv4:127.0.0.1:\(server.port)")
        try await body(channel, server.port)
        await server.stop()
    }

    @Test(arguments: [0, 1, 300_000])
    func `a call brings back what was sent`(count: Int) async throws {
        try await withServer { channel, _ in
            let message = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let answer = try await channel.call("/test.Echo/Say", message, deadline: .seconds(10))
            #expect(answer == message)
        }
    }

    @Test
    func `metadata reaches the server`() async throws {
        try await withServer { channel, _ in
            let answer = try await channel.call(
                "/test.Echo/Header", deadline: .seconds(10),
                metadata: [("x", ""), ("b3", "0123-45-1")])
            #expect(String(decoding: answer, as: UTF8.self) == "0123-45-1")
        }
    }

    @Test
    func `a line of metadata that HTTP/2 does not allow is an error, not a crash`() async throws {
        try await withServer { channel, _ in
            await #expect(throws: GRPCError.self) {
                try await channel.call(
                    "/test.Echo/Say", deadline: .seconds(10), metadata: [("Not Allowed", "x")])
            }
        }
    }

    @Test
    func `a server's status and words arrive whole`() async throws {
        try await withServer { channel, _ in
            await #expect(throws: GRPCError.status(.failedPrecondition, "card declined: 100% ü")) {
                try await channel.call("/test.Echo/Refuse", deadline: .seconds(10))
            }
            await #expect(throws: GRPCError.status(.unimplemented, "no method /test.Echo/Nothing"))
            {
                try await channel.call("/test.Echo/Nothing", deadline: .seconds(10))
            }
        }
    }

    @Test
    func `a call that takes too long ends at its deadline`() async throws {
        try await withServer { channel, _ in
            let error = await #expect(throws: GRPCError.self) {
                try await channel.call("/test.Echo/Wait", deadline: .milliseconds(50))
            }
            #expect(error?.status == .deadlineExceeded)
        }
    }

    @Test
    func `cancelling the task cancels the call, whenever it comes`() async throws {
        try await withServer { channel, _ in
            for yields in [0, 1, 20, 100] {
                let task = Task {
                    try await channel.call("/test.Echo/Wait", deadline: .seconds(10))
                }
                for _ in 0..<yields { await Task.yield() }
                task.cancel()
                let error = await #expect(throws: GRPCError.self) { try await task.value }
                #expect(error?.status == .cancelled)
            }
        }
    }

    @Test
    func `nobody at the port is unavailable`() async throws {
        let server = try GRPCServer(handler: Self.serve)
        let port = server.port
        await server.stop()
        let channel = try GRPCChannel(target: "ipv4:127.0.0.1:\(port)")
        let error = await #expect(throws: GRPCError.self) {
            try await channel.call("/test.Echo/Say", deadline: .seconds(10))
        }
        #expect(error?.status == .unavailable)
        #expect(error?.description.contains("Connection refused") == true)
    }

    @Test
    func `a server that comes back on its port is found again`() async throws {
        let first = try GRPCServer(handler: Self.serve)
        let channel = try GRPCChannel(target: "ipv4:127.0.0.1:\(first.port)")
        _ = try await channel.call("/test.Echo/Say", deadline: .seconds(10))
        await first.stop()
        let second = try GRPCServer(port: first.port, handler: Self.serve)
        #expect(throws: GRPCError.portInUse(first.port)) {
            try GRPCServer(port: first.port, handler: Self.serve)
        }
        while (try? await channel.call("/test.Echo/Say", deadline: .seconds(10))) == nil {
            await Task.yield()
        }
        await second.stop()
    }

    @Test
    func `a call in the hands of a server that stops ends at once`() async throws {
        let (called, calls) = AsyncStream.makeStream(of: Void.self)
        let server = try GRPCServer { request async throws(GRPCError) in
            calls.yield()
            return try await Self.serve(request)
        }
        let channel = try GRPCChannel(target: "ipv4:127.0.0.1:\(server.port)")
        let task = Task { try await channel.call("/test.Echo/Wait", deadline: .seconds(30)) }
        for await _ in called { break }
        await server.stop()
        await #expect(throws: GRPCError.self) { try await task.value }
    }

    @Test
    func `what is unavailable is tried again where the service configuration says so`() async throws
    {
        let (tries, counter) = AsyncStream.makeStream(of: String.self)
        let server = try GRPCServer { request async throws(GRPCError) in
            let before = request.metadata["grpc-previous-rpc-attempts"] ?? "0"
            counter.yield(before)
            guard before == "2" else { throw .status(.unavailable, "not yet") }
            return request.message
        }
        let channel = try GRPCChannel(
            target: "ipv4:127.0.0.1:\(server.port)", serviceConfig: FleetServiceConfig.json)
        #expect(try await channel.call("/test.Echo/Say", [7], deadline: .seconds(10)) == [7])
        counter.finish()
        #expect(await tries.reduce(into: []) { $0.append($1) } == ["0", "1", "2"])
        await server.stop()
    }
}
