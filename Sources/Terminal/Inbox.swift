// Inbox: values in the order they came, for one reader that stays on its own thread.
import Synchronization

/// What `AsyncStream` is, without its detour, for code on the UI actor.
///
/// A task that was waiting is woken on the pool of threads and only then goes where it belongs: a key
/// would wait there for a core before it is painted. While it waits, the task prefers the loop.
package final class Inbox<Element: Sendable>: AsyncSequence, Sendable {
    private struct State {
        var elements: [Element] = []
        var reader: CheckedContinuation<Element?, Never>?
        var isFinished = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Leaves `element` for the reader, from any thread; after ``finish()`` it is dropped.
    package func put(_ element: Element) {
        let reader = state.withLock { state -> CheckedContinuation<Element?, Never>? in
            guard !state.isFinished else { return nil }
            guard let reader = state.reader else {
                state.elements.append(element)
                return nil
            }
            state.reader = nil
            return reader
        }
        reader?.resume(returning: element)
    }

    /// The reader gets what is there, then the end.
    package func finish() {
        let reader = state.withLock { state -> CheckedContinuation<Element?, Never>? in
            defer { state.reader = nil }
            state.isFinished = true
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    package func makeAsyncIterator() -> Iterator { Iterator(inbox: self) }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let inbox: Inbox

        package func next() async -> Element? { await next(isolation: #isolation) }

        package func next(isolation actor: isolated (any Actor)?) async -> Element? {
            await withTaskExecutorPreference(ReaderExecutor.shared) {
                await withCheckedContinuation { inbox.wait($0) }
            }
        }
    }

    private func wait(_ reader: CheckedContinuation<Element?, Never>) {
        let found = state.withLock { state -> Element?? in
            if !state.elements.isEmpty { return state.elements.removeFirst() }
            if state.isFinished { return .some(nil) }
            state.reader = reader
            return .none
        }
        if let found { reader.resume(returning: found) }
    }
}
