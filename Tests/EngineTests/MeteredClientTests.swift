// MeteredClientTests: requests are counted and held back.
import Engine
import Network
import TestKit
import Testing

@testable import struct Engine.RequestBudget

@Suite(.timeLimit(.minutes(5)))
struct MeteredClientTests {
    @Test func `requests are counted until they are taken`() async throws {
        let client = MeteredClient(Shelf(["/": [HTTPAnswer(status: 200)]]))
        _ = try await client.send(HTTPRequest("http://a/"))
        _ = try await client.stream(HTTPRequest("http://a/"))
        #expect(client.takeRequests() == 2)
        #expect(client.takeRequests() == 0)
    }

    @Test func `a budget lets a second's requests go at once and then one by one`() {
        var budget = RequestBudget(perSecond: 2)
        #expect(budget.take(at: .seconds(10)) == .zero)
        #expect(budget.take(at: .seconds(10)) == .zero)
        #expect(budget.take(at: .seconds(10)) == .milliseconds(500))
        #expect(budget.take(at: .seconds(10)) == .seconds(1))
        #expect(budget.take(at: .seconds(20)) == .zero)
    }

    @Test func `a budget of less than one a second lets one go`() {
        var budget = RequestBudget(perSecond: 0.1)
        #expect(budget.take(at: .seconds(1)) == .zero)
        #expect(budget.take(at: .seconds(1)) == .seconds(10))
    }

    @Test func `what is over the budget waits for the clock`() async throws {
        let (clock, shelf) = (ManualClock(), Shelf(["/": [HTTPAnswer(status: 200)]]))
        let client = MeteredClient(shelf, perSecond: 1, clock: clock)
        _ = try await client.send(HTTPRequest("http://a/"))
        let second = Task { try await client.send(HTTPRequest("http://a/")) }
        await clock.asleep(1)
        #expect(shelf.requests.count == 1)
        clock.advance(by: .seconds(1))
        _ = try await second.value
        #expect(shelf.requests.count == 2)
    }

    @Test func `waiting for the budget can be cancelled`() async throws {
        let client = MeteredClient(
            Shelf(["/": [HTTPAnswer(status: 200)]]), perSecond: 1, clock: ManualClock())
        _ = try await client.send(HTTPRequest("http://a/"))
        let second = Task { try await client.send(HTTPRequest("http://a/")) }
        second.cancel()
        await #expect(throws: NetworkError.cancelled) { try await second.value }
    }
}
