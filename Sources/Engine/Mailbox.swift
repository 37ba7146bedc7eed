// Mailbox: where events wait for the loop; bounded, with one consumer.
import Events
import Synchronization

/// Gives events in the order they came, all that are there at once.
final class Mailbox: Sendable {
    /// Events, and what the rules came to meanwhile: only the newest of that counts.
    struct Mail {
        var events: [Event] = []
        var report: AlertReport?

        var isEmpty: Bool { events.isEmpty && report == nil }
    }

    private struct State {
        var mail = Mail()
        var isClosed = false
        var consumer: CheckedContinuation<Void, Never>?
        var senders: [CheckedContinuation<Void, Never>] = []
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 1024) {
        self.capacity = capacity
    }

    /// Waits while the mailbox is full; what comes after ``close()`` is dropped.
    func put(_ event: Event) async {
        while true {
            let isTaken = state.withLock { $0.mail.events.count < capacity || $0.isClosed }
            if isTaken { return putAtOnce(event) }
            await withCheckedContinuation { sender in
                let isFull = state.withLock { state in
                    let isFull = state.mail.events.count >= capacity && !state.isClosed
                    if isFull { state.senders.append(sender) }
                    return isFull
                }
                if !isFull { sender.resume() }
            }
        }
    }

    /// Never waits: for the few events that must keep their order with a decision.
    func putAtOnce(_ event: Event) { add { $0.events.append(event) } }

    /// Leaves what the rules came to; never waits.
    func conclude(_ report: AlertReport) { add { $0.report = report } }

    private func add(_ put: (inout Mail) -> Void) {
        let consumer = state.withLock { state in
            if !state.isClosed { put(&state.mail) }
            return state.consumer.take()
        }
        consumer?.resume()
    }

    /// Waits for mail and takes all; nil once the mailbox is closed and empty.
    func takeAll() async -> Mail? {
        await withCheckedContinuation { consumer in
            let isThere = state.withLock { state in
                let isThere = !state.mail.isEmpty || state.isClosed
                if !isThere { state.consumer = consumer }
                return isThere
            }
            if isThere { consumer.resume() }
        }
        let (mail, senders) = state.withLock { state in
            defer { (state.mail, state.senders) = (Mail(), []) }
            return (state.mail, state.senders)
        }
        for sender in senders { sender.resume() }
        return mail.isEmpty ? nil : mail
    }

    /// Lets everybody go; what is in it can still be taken.
    func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.senders = [] }
            return state.senders + [state.consumer.take()].compactMap(\.self)
        }
        for waiter in waiters { waiter.resume() }
    }
}
