// LoopbackServer: answers requests on 127.0.0.1 with the very bytes that a test wrote.
import Dispatch
import Foundation
import Glibc
import Synchronization

/// A server that is scripted: for each request a list of steps.
///
/// It never sleeps: what must come later waits for a ``Gate`` that the test opens.
package final class LoopbackServer: Sendable {
    package enum Step: Sendable {
        case send(String)
        case sendBytes([UInt8])
        /// Ends the connection in order.
        case close
        /// Ends the connection with a reset.
        case reset
        case wait(Gate)
        /// Tells the test that all before was done.
        case open(Gate)
        /// Says nothing until the client goes away.
        case hang
    }

    /// What was asked.
    package struct Request: Sendable {
        /// The head and the body, as they came.
        package var text: String
        /// Counts from 0.
        package var connection: Int
        package var line: String { String(text.prefix { $0 != "\r\n" }) }
    }

    private struct State {
        var open: Set<Int32> = []
        var connections = 0
        var requests: [Request] = []
        var isOver = false
    }

    package let port: UInt16
    package var url: String { "http://127.0.0.1:\(port)" }
    /// What was asked so far.
    package var requests: [Request] { state.withLock { $0.requests } }
    /// How many connections there were so far.
    package var connections: Int { state.withLock { $0.connections } }

    private let listener: Int32
    private let state = Mutex(State())
    private let answer: @Sendable (Request) -> [Step]

    /// Answers every request with these steps.
    package convenience init(_ steps: Step...) throws {
        try self.init { _ in steps }
    }

    /// Answers each request with the steps that `answer` finds for it.
    package init(answering answer: @escaping @Sendable (Request) -> [Step]) throws {
        (listener, port) = try LoopbackSocket.listening()
        self.answer = answer
        Thread.detachNewThread { [weak self, listener] in
            while let socket = LoopbackSocket.accepted(on: listener) {
                if self?.serve(socket) == nil { LoopbackSocket.close(socket) }
            }
            LoopbackSocket.close(listener)
        }
    }

    deinit {
        LoopbackSocket.end(listener)
        for socket in state.withLock({ $0.open }) { LoopbackSocket.end(socket) }
    }

    /// Each connection has a thread, so that one that hangs is no trouble for the others.
    private func serve(_ socket: Int32) {
        let number = state.withLock { state in
            state.open.insert(socket)
            defer { state.connections += 1 }
            return state.connections
        }
        let answer = answer
        Thread.detachNewThread { [weak self] in
            while let text = LoopbackSocket.request(from: socket) {
                let request = Request(text: text, connection: number)
                self?.state.withLock { $0.requests.append(request) }
                guard answer(request).allSatisfy({ LoopbackSocket.obey($0, socket) }) else { break }
            }
            _ = self?.state.withLock { $0.open.remove(socket) }
            LoopbackSocket.close(socket)
        }
    }
}
