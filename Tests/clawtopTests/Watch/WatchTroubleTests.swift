// WatchTroubleTests: `clawtop watch` whose receiver is away says so, and that it is back.
import Foundation
import Glibc
import Network
import Synchronization
import TestKit
import Testing

@Suite(.timeLimit(.minutes(5)))
struct WatchTroubleTests {
    @Test func `a pager that answers with an error is told of, once, and when it is well again`()
        async throws
    {
        let board = try Switchboard(1)
        let isWell = Flag()
        let server = try HTTPServer { request in
            request.method == "GET" || isWell.isSet ? board.answer(request) : .text(503, "busy")
        }
        let watch = try WatchProgram(
            board.configure(
                store: "{sqlite: \(board.path("alerts.db"))}", at: server.url),
            state: board.path("state"))
        board.turn(0, on: true)
        #expect(await watch.tells("notification_failed"))
        let sentence =
            "clawtop: pager (\(server.url)) answered 503: an alert of SwitchOn will be told later"
        #expect(await watch.lines.wait { $0.contains(sentence) })
        isWell.set()
        #expect(await watch.tells("notification_recovered"))
        #expect(await board.calls.wait { $0 == ["firing 0"] })
        await watch.end(SIGTERM)
        #expect(watch.count("notification_failed") == 1)
        #expect(watch.lines.all.count { $0 == sentence } == 1)
        await server.stop()
    }
}

private final class Flag: Sendable {
    private let state = Mutex(false)

    var isSet: Bool { state.withLock { $0 } }

    func set() { state.withLock { $0 = true } }
}
