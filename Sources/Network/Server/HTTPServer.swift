// HTTPServer: answers HTTP on one port, each request in a task of its own.
import CMicrohttpd
import Glibc
import Synchronization

/// A server on one address; a request may be held as long as its handler likes.
package final class HTTPServer: Sendable {
    package typealias Handler = @Sendable (Request) async -> Response

    package static let loopback = "127.0.0.1"

    package let port: UInt16
    private let desk: Desk

    /// Listens at once on a numeric address of this host; port 0 takes any free one.
    package init(
        address: String = HTTPServer.loopback, port: UInt16 = 0, handler: @escaping Handler
    ) throws(HTTPServerError) {
        desk = Desk(handler: handler)
        var reason: UnsafePointer<CChar>?
        let context = Unmanaged.passRetained(desk)
        guard let server = claw_httpd_start(address, port, receive, context.toOpaque(), &reason)
        else {
            context.release()
            throw .cannotListen(
                address: address, port: port, reason: reason.map { String(cString: $0) } ?? "")
        }
        self.port = claw_httpd_port(server)
        desk.open(server)
    }

    deinit { desk.close {} }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// Refuses what is new, cancels the handlers, and returns when all have answered.
    ///
    /// A handler that holds its request is expected to answer when its task is cancelled.
    package func stop() async {
        await withCheckedContinuation { done in
            desk.close { done.resume() }
        }
    }
}

/// Why there is no server.
package enum HTTPServerError: Error, Hashable, CustomStringConvertible {
    case cannotListen(address: String, port: UInt16, reason: String)

    package var description: String {
        switch self {
        case .cannotListen(let address, let port, let reason):
            "cannot listen on \(address.contains(":") ? "[\(address)]" : address):\(port): \(reason)"
        }
    }
}

/// Where the daemon's thread hands requests over, and the tasks that answer them.
private final class Desk: Sendable {
    private struct State {
        var server: Server?
        var isClosed = false
        var next = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let handler: HTTPServer.Handler
    private let state = Mutex(State())

    init(handler: @escaping HTTPServer.Handler) { self.handler = handler }

    func open(_ server: OpaquePointer) {
        let server = Server(pointer: server)
        state.withLock { $0.server = server }
    }

    func take(_ request: HTTPServer.Request, _ pending: Pending) {
        state.withLock { state in
            let id = state.next
            state.next += 1
            let task = Task {
                pending.answer(await self.handler(request))
                self.state.withLock { $0.tasks[id] = nil }
            }
            // What was let in just before the door was shut.
            if state.isClosed { task.cancel() }
            state.tasks[id] = task
        }
    }

    /// The first call stops the daemon; a later one returns at once.
    func close(_ done: @escaping @Sendable () -> Void) {
        guard let server = state.withLock({ $0.server.take() }) else { return done() }
        claw_httpd_refuse(server.pointer)
        let tasks = state.withLock { state in
            state.isClosed = true
            return state.tasks.values
        }
        for task in tasks { task.cancel() }
        let closing = Closing(desk: self, done: done)
        claw_httpd_stop(server.pointer, finish, Unmanaged.passRetained(closing).toOpaque())
    }
}

/// A daemon, which is its own lock.
private struct Server: @unchecked Sendable {
    let pointer: OpaquePointer
}

/// What is left to do when the daemon is gone; keeps the desk until then.
private final class Closing: Sendable {
    let desk: Desk
    let done: @Sendable () -> Void

    init(desk: Desk, done: @escaping @Sendable () -> Void) {
        (self.desk, self.done) = (desk, done)
    }
}

/// A request that waits for its answer; may be answered from any thread, exactly once.
private struct Pending: @unchecked Sendable {
    let pointer: OpaquePointer

    func answer(_ response: HTTPServer.Response) {
        let texts = response.headers.flatMap { [strdup($0.name), strdup($0.value)] }
        defer { for text in texts { free(text) } }
        let names = texts.map { UnsafePointer($0) }
        response.body.withUnsafeBufferPointer { body in
            claw_httpd_answer(
                pointer, UInt32(response.status), names, response.headers.count, body.baseAddress,
                body.count)
        }
    }
}

private func receive(_ context: UnsafeMutableRawPointer, _ pointer: OpaquePointer) {
    let desk = Unmanaged<Desk>.fromOpaque(context).takeUnretainedValue()
    desk.take(HTTPServer.Request(pointer), Pending(pointer: pointer))
}

private func finish(_ context: UnsafeMutableRawPointer) {
    let closing = Unmanaged<Closing>.fromOpaque(context).takeRetainedValue()
    // The daemon's own reference, taken when it started.
    Unmanaged.passUnretained(closing.desk).release()
    closing.done()
}
