// RuleInbox: where the loop leaves the newest world for the rules, and what was touched until then.
import Events
import Synchronization
import WorldModel

/// One world at a time: a newer one takes the place of the one before, and nothing touched is lost.
final class RuleInbox: Sendable {
    struct Work: Sendable {
        var world = World()
        var touched = Touched()
        /// Rules to be used from now on; nil: those that are.
        var rules: RuleSet?
        /// What big engines said.
        var replies: [RuleReply] = []
        /// Those who wait for what the rules come to.
        var waiting: [CheckedContinuation<AlertReport, Never>] = []
    }

    private struct State {
        var work = Work()
        var isThere = false
        var isClosed = false
        var consumer: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Returns false where the inbox is closed: nobody will take it.
    @discardableResult
    func leave(_ change: (inout Work) -> Void) -> Bool {
        let (isOpen, consumer) = state.withLock { state in
            guard !state.isClosed else { return (false, nil as CheckedContinuation<Void, Never>?) }
            change(&state.work)
            state.isThere = true
            return (true, state.consumer.take())
        }
        consumer?.resume()
        return isOpen
    }

    /// Waits for a world; nil once the inbox is closed.
    func take() async -> Work? {
        await withCheckedContinuation { consumer in
            let isReady = state.withLock { state in
                let isReady = state.isThere || state.isClosed
                if !isReady { state.consumer = consumer }
                return isReady
            }
            if isReady { consumer.resume() }
        }
        return state.withLock { state in
            guard !state.isClosed else { return nil }
            defer {
                state.isThere = false
                state.work.touched.clear()
                (state.work.rules, state.work.replies, state.work.waiting) = (nil, [], [])
            }
            return state.work
        }
    }

    func close() {
        let (consumer, waiting) = state.withLock { state in
            state.isClosed = true
            defer { state.work.waiting = [] }
            return (state.consumer.take(), state.work.waiting)
        }
        consumer?.resume()
        for waiter in waiting { waiter.resume(returning: AlertReport()) }
    }
}
