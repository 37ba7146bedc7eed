// GRPCCall: one unary call, from its start to the status that ends it.
internal import CGRPC
import Synchronization

/// Lives until gRPC has said `done`, whatever becomes of the task that waits.
final class GRPCCall: Sendable {
    typealias Answer = Result<[UInt8], GRPCError>

    private struct State {
        var call: Handle?
        var isCancelled = false
        var message: [UInt8] = []
        var continuation: CheckedContinuation<Answer, Never>?
    }

    /// The caller's reference of the call; released when it is over.
    private struct Handle: @unchecked Sendable {
        var pointer: OpaquePointer
    }

    private let state = Mutex(State())

    func start(
        on channel: OpaquePointer, path: String, message: [UInt8], deadline: Duration,
        metadata: [(name: String, value: String)],
        _ continuation: CheckedContinuation<Answer, Never>
    ) {
        state.withLock { $0.continuation = continuation }
        let context = Unmanaged.passRetained(self).toOpaque()
        let handle = Self.ask(channel, path, message, deadline, metadata, context)
        keep(Handle(pointer: handle))
    }

    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            if let call = state.call { claw_grpc_call_cancel(call.pointer) }
        }
    }

    /// The call may be over by now, or cancelled before there was anything to cancel.
    private func keep(_ handle: Handle) {
        let isOver = state.withLock { state in
            if state.isCancelled { claw_grpc_call_cancel(handle.pointer) }
            guard state.continuation != nil else { return true }
            state.call = handle
            return false
        }
        if isOver { claw_grpc_call_release(handle.pointer) }
    }

    private func received(_ bytes: [UInt8]) {
        state.withLock { $0.message = bytes }
    }

    private func end(_ code: Int32, _ text: String) {
        let (ended, continuation) = state.withLock { state in
            defer { (state.call, state.continuation) = (nil, nil) }
            return (state, state.continuation)
        }
        if let call = ended.call { claw_grpc_call_release(call.pointer) }
        let status = GRPCStatus(rawValue: code) ?? .unknown
        continuation?.resume(
            returning: status == .ok ? .success(ended.message) : .failure(.status(status, text)))
    }
}

extension GRPCCall {
    private static let answers = claw_grpc_answers(
        message: { context, message in
            Unmanaged<GRPCCall>.fromOpaque(context).takeUnretainedValue().received(copy(message))
        },
        done: { context, status, text in
            let words = String(decoding: copy(text), as: UTF8.self)
            Unmanaged<GRPCCall>.fromOpaque(context).takeRetainedValue().end(status, words)
        })

    private static func copy(_ bytes: claw_bytes) -> [UInt8] {
        Array(UnsafeBufferPointer(start: bytes.start, count: bytes.count))
    }

    private static func ask(
        _ channel: OpaquePointer, _ path: String, _ message: [UInt8], _ deadline: Duration,
        _ metadata: [(name: String, value: String)], _ context: UnsafeMutableRawPointer
    ) -> OpaquePointer {
        let lines = metadata.map { "\($0.name)\0\($0.value)\0" }.joined()
        return message.withUnsafeBufferPointer { message in
            path.withCString { path in
                lines.withCString { lines in
                    var question = claw_grpc_question()
                    question.path = path
                    question.message = claw_bytes(start: message.baseAddress, count: message.count)
                    question.metadata = lines
                    question.metadata_count = metadata.count
                    question.deadline_ms = Int64(deadline / .milliseconds(1))
                    return claw_grpc_call_start(channel, &question, answers, context)
                }
            }
        }
    }
}
