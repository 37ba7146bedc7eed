// GRPCChannel: gRPC calls with deadlines; what is retried, the service configuration says.
internal import CGRPC

/// A connection to the servers of one target, made when the first call needs it.
package final class GRPCChannel: Sendable {
    private nonisolated(unsafe) let channel: OpaquePointer

    /// Gets ready to call a target: `ipv4:127.0.0.1:7001`, several as `ipv4:a:1,b:2`, `dns:host:port`.
    ///
    /// - Parameters:
    ///   - target: a name in gRPC's own naming.
    ///   - serviceConfig: JSON as in gRFC A6; without it nothing is retried, and the first server
    ///     that answers gets all calls.
    /// - Throws: ``GRPCError/missingLibrary(package:)`` or ``GRPCError/badTarget(_:)``.
    package init(target: String, serviceConfig: String? = nil) throws(GRPCError) {
        try GRPCLibrary.load()
        guard let channel = claw_grpc_channel_open(target, serviceConfig) else {
            throw .badTarget(target)
        }
        self.channel = channel
    }

    deinit { claw_grpc_channel_close(channel) }

    /// The answer of a unary method; cancelling the task cancels the call.
    ///
    /// - Parameters:
    ///   - path: `/grpc.health.v1.Health/Check`.
    ///   - message: the request in protobuf's bytes.
    ///   - deadline: from now; the server is told.
    ///   - metadata: names in lower case and their values, in ASCII.
    /// - Returns: the answer in protobuf's bytes.
    /// - Throws: ``GRPCError/status(_:_:)``.
    package func call(
        _ path: String, _ message: [UInt8] = [], deadline: Duration,
        metadata: [(name: String, value: String)] = []
    ) async throws(GRPCError) -> [UInt8] {
        let call = GRPCCall()
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                call.start(
                    on: channel, path: path, message: message, deadline: deadline,
                    metadata: metadata, continuation)
            }
        } onCancel: {
            call.cancel()
        }
        return try answer.get()
    }
}

/// gRPC core, loaded when somebody first wants it.
package enum GRPCLibrary {
    /// Costs about 10 ms the first time, nothing later.
    package static func load() throws(GRPCError) {
        guard claw_grpc_load() == nil else { throw .missingLibrary(package: "libgrpc29") }
    }
}
