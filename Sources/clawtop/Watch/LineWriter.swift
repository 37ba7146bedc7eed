// LineWriter: lines written on a thread of their own: a reader that is slow or gone holds up nobody.
import Dispatch
import Glibc
import Synchronization

final class LineWriter: Sendable {
    /// More lines than these do not wait; how many were left out is told in their place.
    private static let most = 10_000

    private struct State {
        var lines: [String] = []
        var isWriting = false
        /// Nobody reads any more.
        var isClosed = false
        var dropped = 0
        /// Those among them of which no line tells yet.
        var untold = 0
    }

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "lines")
    private let state = Mutex(State())

    init(_ descriptor: Int32 = STDOUT_FILENO) { self.descriptor = descriptor }

    /// Lines that nobody will see.
    var dropped: Int { state.withLock { $0.dropped } }

    func put(_ line: String) {
        let mustStart = state.withLock { state in
            guard !state.isClosed, state.lines.count < Self.most else {
                state.dropped += 1
                state.untold += 1
                return false
            }
            state.lines.append(line)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if mustStart { queue.async { self.drain() } }
    }

    /// Waits until all is written, at most so long.
    func finish(within limit: Duration) async {
        await wait(atMost: limit) { [queue] in
            await withCheckedContinuation { done in queue.async { done.resume() } }
        }
    }

    private func drain() {
        while true {
            let lines: [String] = state.withLock { state in
                state.isWriting = !state.lines.isEmpty
                defer { (state.lines, state.untold) = ([], 0) }
                guard state.untold > 0, state.isWriting else { return state.lines }
                return state.lines + [#"{"event":"dropped","count":\#(state.untold)}"#]
            }
            guard !lines.isEmpty else { return }
            guard write(lines.map { $0 + "\n" }.joined()) else {
                return state.withLock { state in
                    state.isClosed = true
                    state.dropped += state.lines.count
                    state.lines = []
                }
            }
        }
    }

    /// False where nobody reads any more.
    private func write(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { return false }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
            return true
        }
    }
}
