import Events
import Network
import Synchronization
import TestKit
import Testing

@testable import Notifying

struct NotifierTests {
    private func hook(_ url: String) -> ReceiverSettings {
        ReceiverSettings(name: "hook", .webhook(Secret(url)))
    }

    @Test func `a server in trouble is told when it is well again, and once`() async throws {
        let isWell = Mutex(false)
        let server = try LoopbackServer { _ in
            let status = isWell.withLock { $0 } ? "200 OK" : "503 Busy"
            return [.send("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n")]
        }
        let notifier = Notifier([hook(server.url)], client: CurlClient.shared, jitter: { 1 })
        #expect(await look(notifier, 0) == [])
        #expect(await look(notifier, 5) == [])
        let failure = NotificationFailure(
            receiver: "hook", reason: "(\(server.url)) answered 503", subject: "Slow", count: 1,
            isFinal: false)
        #expect(await notifier.takeReports() == [.failed(failure)])
        isWell.withLock { $0 = true }
        let told = await look(notifier, 10)
        #expect(told.map(\.deed) == [.notified(receiver: "hook", isResolved: false)])
        #expect(await notifier.takeReports() == [.recovered(receiver: "hook")])
        #expect(await look(notifier, 600) == [])
        #expect(server.requests.count == 2)
        let tally = await notifier.tallies["hook"]
        #expect(tally?.sent == 1 && tally?.failed == 1)
        #expect(server.requests.last?.text.contains("\"groupKey\":\"{}:{alertname=") == true)
    }

    @Test func `who does not lead tells nobody but its own screen`() async {
        let shelf = Shelf { _ in HTTPAnswer(status: 200) }
        let shown = Mutex<[ScreenNotice]>([])
        let notifier = Notifier(
            [
                hook("http://x"), ReceiverSettings(name: "bell", .bell),
                ReceiverSettings(name: "desktop", .desktop),
            ], environment: "production", client: shelf,
            show: { notice in shown.withLock { $0.append(notice) } })
        for second: Int64 in [0, 1, 5, 60] {
            #expect(await look(notifier, second, isLeader: false) == [])
        }
        #expect(shelf.requests.isEmpty)
        let seen = shown.withLock { $0 }
        #expect(
            Set(seen) == [
                .bell, .desktop(title: "production: Slow fires", body: "Slow is bad"),
            ])
        #expect(seen.count == 2)
    }

    @Test func `a receiver that hangs holds up neither us nor the others`() async {
        let gate = Gate()
        let shelf = Shelf { (request) throws(NetworkError) in
            if request.url == "http://hangs" { await gate.opened() }
            return HTTPAnswer(status: 200)
        }
        var hung = hook("http://hangs")
        hung.name = "hung"
        let notifier = Notifier([hung, hook("http://well")], client: shelf)
        for second: Int64 in 0...20 {
            _ = await notifier.consider(
                [alert("Slow")], at: noon + .seconds(second), isLeader: true)
        }
        gate.open()
        await notifier.settled()
        let told = await notifier.takeDeliveries()
        #expect(Set(told.map(\.receiver)).isSubset(of: ["hung", "hook"]))
        #expect(shelf.requests.count == 2)
    }

    @Test func `an alert that an Alertmanager refuses costs those beside it nothing`() async {
        // As an Alertmanager does: it takes the others, and does not say which.
        let shelf = Shelf { request in
            let text = String(decoding: request.body, as: UTF8.self)
            return HTTPAnswer(status: text.contains("Bad") ? 400 : 200)
        }
        let receiver = ReceiverSettings(name: "am", .alertmanager(Secret("http://am")))
        let notifier = Notifier([receiver], client: shelf, jitter: { 1 })
        var over = (1...6).map { alert("Slow", ["instance": "\($0)"], ended: noon) }
        for index in over.indices {
            over[index].told["am"] = Telling(at: noon - .seconds(60), isResolved: false)
        }
        _ = await notifier.consider(over + [alert("Bad")], at: noon + .seconds(60), isLeader: true)
        await notifier.settled()
        let told = await notifier.takeDeliveries()
        #expect(Set(told.map(\.alert.fingerprint)) == Set(over.map(\.fingerprint)))
        #expect(told.allSatisfy { $0.telling.isResolved })
        let failure = NotificationFailure(
            receiver: "am", reason: "(http://am) answered 400", subject: "Bad", count: 1,
            isFinal: true)
        #expect(await notifier.takeReports() == [.failed(failure)])
        #expect(shelf.requests.count < 10)
    }

    private func look(
        _ notifier: Notifier, _ second: Int64, isLeader: Bool = true
    ) async -> [Delivery] {
        let before = await notifier.consider(
            [alert("Slow")], at: noon + .seconds(second), isLeader: isLeader)
        await notifier.settled()
        return before + (await notifier.takeDeliveries())
    }
}
