// WatchEndTests: `clawtop watch` that is asked to end finishes what it has begun.
import AlertStores
import Events
import Foundation
import Glibc
import Network
import TestKit
import Testing

@testable import clawtop

@Suite(.timeLimit(.minutes(5)))
struct WatchEndTests {
    @Test func `what is being sent is finished and written down, and another one may lead`()
        async throws
    {
        let board = try Switchboard(1)
        let isHeld = Gate()
        let server = try HTTPServer { request in
            // A pager that takes its time.
            if request.method == "POST" {
                isHeld.open()
                try? await Task.sleep(for: .milliseconds(500))
            }
            return board.answer(request)
        }
        let file = board.path("alerts.db")
        let watch = try WatchProgram(
            board.configure(store: "{sqlite: \(file)}", at: server.url), state: board.path("state"))
        board.turn(0, on: true)
        await isHeld.opened()
        await watch.end(SIGTERM)
        #expect(board.calls.all == ["firing 0"])

        let store = try await SQLiteStore.open(file)
        let ledgers = try await store.read(since: .distantPast).ledgers
        let notified = ledgers.flatMap(\.entries).filter {
            if case .notified(_, _) = $0.deed { true } else { false }
        }
        #expect(notified.count == 1)
        #expect(try await store.lead(as: "another one", for: .seconds(15)))
        await server.stop()
    }
}
