// MeteredClient: counts the requests of one feed, and holds them back where there are too many.
package import Network
import Synchronization

/// One for each feed, around the one client of the program.
package final class MeteredClient: HTTPClient {
    private let client: any HTTPClient
    private let clock: any EngineClock
    private let budget: Mutex<RequestBudget?>
    private let count = Atomic<Int>(0)

    /// `perSecond` is how many requests may leave; nil for as many as the feed likes.
    package init(
        _ client: any HTTPClient, perSecond: Double? = nil,
        clock: any EngineClock = SystemClock()
    ) {
        (self.client, self.clock) = (client, clock)
        budget = Mutex(perSecond.map(RequestBudget.init(perSecond:)))
    }

    /// The requests since this was last asked.
    package func takeRequests() -> Int {
        count.exchange(0, ordering: .relaxed)
    }

    package func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        try await leave()
        return try await client.send(request)
    }

    package func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        try await leave()
        return try await client.stream(request)
    }

    private func leave() async throws(NetworkError) {
        let wait = budget.withLock { $0?.take(at: clock.elapsed) ?? .zero }
        if wait > .zero {
            do { try await clock.sleep(for: wait) } catch { throw .cancelled }
        }
        count.add(1, ordering: .relaxed)
    }
}
