// WatchPairTests: of two `clawtop watch` on one store one notifies, and the other one after it.
import Foundation
import Glibc
import Network
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct WatchPairTests {
    @Test(arguments: SharedStore.those(.sqlite, .etcd, .consul))
    func `one of two notifies, and once it is killed the other one, and nobody twice`(
        store: SharedStore
    ) async throws {
        try await store.use(switches: 2) { board, configuration in
            let pair = try ["one", "other"].map {
                try WatchProgram(configuration, state: board.path($0))
            }
            let (leader, other) = try #require(await leader(of: pair))
            board.turn(0, on: true)
            #expect(await board.calls.wait { !$0.isEmpty })
            for watch in pair { #expect(await watch.tells("firing")) }
            // What is not yet written when it is killed is told again: better twice than never.
            try await knows("notified", times: 1, configuration)
            await leader.end(SIGKILL)
            board.turn(1, on: true)
            #expect(await other.tells("leader_gained"))
            #expect(await board.calls.wait { $0.contains("firing 1") })
            board.turn(0, on: false)
            #expect(await board.calls.wait { $0.contains("resolved 0") })
            board.turn(1, on: false)
            #expect(await board.calls.wait { $0.contains("resolved 1") })
            try await knows("notified", times: 4, configuration)
            await other.end(SIGTERM)
            #expect(leader.count("leader_gained") > 0 && other.count("leader_gained") > 0)
            // A machine that is busy elsewhere for a whole term elects again, or has an answer late:
            // then, and only then, somebody is told twice.
            let watches = [leader, other]
            func total(_ event: String) -> Int { watches.reduce(0) { $0 + $1.count(event) } }
            let isCalm = total("leader_gained") == 2 && total("notification_failed") == 0
            let told = board.calls.all
            let once = told.enumerated().filter { told.firstIndex(of: $1) == $0 }.map(\.element)
            #expect((isCalm ? told : once) == ["firing 0", "firing 1", "resolved 0", "resolved 1"])
        }
    }

    @Test func `who leads tells what only the other one sees`() async throws {
        let boards = [try Switchboard(1), try Switchboard(2)]
        let servers = try boards.map { board in try HTTPServer { board.answer($0) } }
        let store = "{sqlite: \(boards[0].path("alerts.db"))}"
        let places = try zip(boards, servers).map { try $0.configure(store: store, at: $1.url) }
        let leader = try WatchProgram(places[0], state: boards[0].path("state"))
        #expect(await leader.tells("leader_gained"))
        let other = try WatchProgram(places[1], state: boards[1].path("state"))
        boards[1].turn(1, on: true)
        #expect(await boards[0].calls.wait { $0 == ["firing 1"] })
        boards[1].turn(1, on: false)
        #expect(await boards[0].calls.wait { $0 == ["firing 1", "resolved 1"] })
        await leader.end(SIGTERM)
        await other.end(SIGTERM)
        #expect(boards[1].calls.all == [])
        for server in servers { await server.stop() }
    }

    /// The one that leads, and the one that does not.
    private func leader(
        of pair: [WatchProgram]
    ) async -> (leader: WatchProgram, other: WatchProgram)? {
        let first = await withTaskGroup(of: Int?.self) { group in
            for (index, watch) in pair.enumerated() {
                group.addTask { await watch.tells("leader_gained") ? index : nil }
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        return first.map { (pair[$0], pair[1 - $0]) }
    }

    /// Asks until the store has so many entries of a kind: nobody tells when another program writes.
    private func knows(_ event: String, times: Int, _ configuration: String) async throws {
        for _ in 1...600 {
            let listed = try await onThread {
                try run(
                    builtProgram,
                    ["alerts", "--all", "--format", "json", "--config", configuration]
                ).printed
            }
            let entries = listed.split(separator: "\"event\": \"\(event)\"").count - 1
            if entries >= times { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        Issue.record("never saw \(event) \(times) times")
    }
}

/// Runs what waits for other programs outside of the threads that tests share.
func onThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { waiter in
        DispatchQueue.global().async { waiter.resume(with: Swift.Result(catching: body)) }
    }
}
