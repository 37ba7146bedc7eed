// GRPCServer: a gRPC server on a port of its own, with an async handler.
internal import CGRPC
internal import Network
import Synchronization

/// What a server is asked.
struct GRPCRequest: Sendable {
    /// `/payment.v1.Payments/Charge`.
    var path: String
    var message: [UInt8]
    var metadata: [String: String]
    /// When the caller stops waiting; nil where it does not say.
    var deadline: ContinuousClock.Instant?
}

/// Listens on loopback until stopped.
final class GRPCServer: Sendable {
    /// The answer, or the status that the caller gets.
    typealias Handler = @Sendable (GRPCRequest) async throws(GRPCError) -> [UInt8]

    let port: Int
    private let door: Door
    private nonisolated(unsafe) let server: OpaquePointer

    /// Listens at once; port 0 takes a free one.
    init(port: Int = 0, handler: @escaping Handler) throws(GRPCError) {
        try GRPCLibrary.load()
        door = Door(handler: handler)
        let context = Unmanaged.passRetained(door)
        var bound: Int32 = 0
        let server = claw_grpc_server_start(
            "127.0.0.1:\(port)", &bound, Door.receive, context.toOpaque())
        guard let server else {
            context.release()
            throw .portInUse(port)
        }
        (self.server, self.port) = (server, Int(bound))
    }

    /// Closes the port and cuts the calls; to be called exactly once.
    func stop() async {
        await withCheckedContinuation { continuation in
            door.stopped.withLock { $0 = continuation }
            claw_grpc_server_stop(server, Door.close)
        }
    }
}

/// What the C side holds on to until the server has stopped.
private final class Door: Sendable {
    let handler: GRPCServer.Handler
    let stopped = Mutex<CheckedContinuation<Void, Never>?>(nil)

    init(handler: @escaping GRPCServer.Handler) {
        self.handler = handler
    }

    static let close: @convention(c) (UnsafeMutableRawPointer) -> Void = { context in
        let door = Unmanaged<Door>.fromOpaque(context).takeRetainedValue()
        door.stopped.withLock { $0 }?.resume()
    }

    static let receive: claw_grpc_handler = { context, request, asked in
        let door = Unmanaged<Door>.fromOpaque(context).takeUnretainedValue()
        let question = GRPCRequest(request, asked)
        let pending = PendingReply(request: request)
        Task {
            do throws(GRPCError) {
                pending.send(try await door.handler(question))
            } catch {
                pending.fail(error)
            }
        }
    }
}

/// A call that waits for its reply; exactly one is sent.
private struct PendingReply: @unchecked Sendable {
    let request: OpaquePointer

    func send(_ message: [UInt8]) {
        message.withUnsafeBufferPointer { message in
            let bytes = claw_bytes(start: message.baseAddress, count: message.count)
            claw_grpc_reply(request, GRPCStatus.ok.rawValue, "", bytes)
        }
    }

    func fail(_ error: GRPCError) {
        guard case .status(let status, let message) = error else {
            return claw_grpc_reply(
                request, GRPCStatus.internal.rawValue, error.description, claw_bytes())
        }
        claw_grpc_reply(request, status.rawValue, message, claw_bytes())
    }
}

extension GRPCRequest {
    fileprivate init(_ request: OpaquePointer, _ asked: claw_grpc_asked) {
        path = Self.text(asked.path)
        message = Array(UnsafeBufferPointer(start: asked.message.start, count: asked.message.count))
        metadata = [:]
        deadline = asked.left_ms == .max ? nil : .now + .milliseconds(asked.left_ms)
        for index in 0..<asked.metadata_count {
            var (name, value) = (claw_bytes(), claw_bytes())
            claw_grpc_metadata(request, index, &name, &value)
            metadata[Self.text(name)] = Self.text(value)
        }
    }

    private static func text(_ bytes: claw_bytes) -> String {
        String(
            decoding: UnsafeBufferPointer(start: bytes.start, count: bytes.count), as: UTF8.self)
    }
}
