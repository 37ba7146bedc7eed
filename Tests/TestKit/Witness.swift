// Witness: a feed's output that a test can wait on.
package import Events
import Foundation
import Synchronization

/// Hands over what a feed tells, in order, to the one test that waits for it.
package final class Witness: FeedOutput {
    package enum Told: Sendable {
        case event(Event)
        case note(String)
        case pause(Duration)
    }

    /// What a pause of the feed is.
    package enum Pausing: Sendable {
        /// It lasts until the test calls ``pass()``.
        case untilPassed
        /// It lasts as long as it says.
        case really
    }

    private let pausing: Pausing
    private let told = AsyncStream.makeStream(of: Told.self)
    private let clock = Mutex(Clock())

    private struct Clock {
        var now = Instant.second(0)
        /// Pauses that may end before they begin.
        var passes = 0
        var waiter: CheckedContinuation<Void, Never>?
    }

    package init(_ pausing: Pausing) {
        self.pausing = pausing
    }

    package var now: Instant {
        switch pausing {
        case .untilPassed: clock.withLock { $0.now }
        case .really: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
    }

    package func emit(_ event: Event) async {
        told.continuation.yield(.event(event))
    }

    package func answered(_ note: String) async {
        told.continuation.yield(.note(note))
    }

    package func pause(for duration: Duration) async throws {
        told.continuation.yield(.pause(duration))
        switch pausing {
        case .really: try await Task.sleep(for: duration)
        case .untilPassed:
            await withTaskCancellationHandler {
                await passed()
            } onCancel: {
                wake()?.resume()
            }
            try Task.checkCancellation()
            clock.withLock { clock in
                clock.passes -= 1
                clock.now = clock.now + duration
            }
        }
    }

    /// Ends the pause that the feed is in, or the next one.
    package func pass() {
        clock.withLock { $0.passes += 1 }
        wake()?.resume()
    }

    private func passed() async {
        await withCheckedContinuation { waiter in
            let mayPass = clock.withLock { clock in
                let mayPass = clock.passes > 0 || Task.isCancelled
                if !mayPass { clock.waiter = waiter }
                return mayPass
            }
            if mayPass { waiter.resume() }
        }
    }

    private func wake() -> CheckedContinuation<Void, Never>? {
        clock.withLock { clock in
            defer { clock.waiter = nil }
            return clock.waiter
        }
    }

    /// The next thing told of which `pick` makes something; what comes before it is passed over.
    package func next<Picked>(_ pick: (Told) -> Picked?) async throws -> Picked {
        for await told in told.stream {
            if let picked = pick(told) { return picked }
        }
        throw CancellationError()
    }

    package func nextEvent() async throws -> Event {
        try await next { if case .event(let event) = $0 { event } else { nil } }
    }

    package func nextNote() async throws -> String {
        try await next { if case .note(let note) = $0 { note } else { nil } }
    }

    package func nextPause() async throws -> Duration {
        try await next { if case .pause(let duration) = $0 { duration } else { nil } }
    }

    /// The run is over: nobody waits for more.
    package func finish() {
        told.continuation.finish()
    }
}

extension Feed {
    /// Runs this feed for as long as `test` takes.
    ///
    /// Where the run ends first, `test` finds nothing more to wait for, and the run's error is thrown.
    package func running(
        _ witness: Witness, _ test: @Sendable (Witness) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { witness.finish() }
                try await self.run(witness)
            }
            do {
                try await test(witness)
            } catch is CancellationError {
                try await group.next()
                throw CancellationError()
            }
            group.cancelAll()
        }
    }
}
