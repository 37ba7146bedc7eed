import Events
import Foundation
import Network
import TestKit
import Testing

@testable import Notifying

@Suite(
    .timeLimit(.minutes(5)),
    .enabled(
        if: AlertmanagerServer.isWanted,
        "Alertmanager is not on the PATH; apt install prometheus-alertmanager"))
struct AlertmanagerTests {
    @Test func `a real Alertmanager knows what fires, and what is over`() async throws {
        let server = try await AlertmanagerServer(prefix: "/am")
        defer { withExtendedLifetime(server) {} }
        let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let receiver = ReceiverSettings(name: "am", .alertmanager(Secret(server.url)))
        let notifier = Notifier([receiver], client: server.client)
        var slow = alert("Slow", ["service": "cart"])
        slow.since = now - .seconds(30)

        _ = await notifier.consider([slow], at: now, isLeader: true)
        await notifier.settled()
        let told = await notifier.takeDeliveries()
        #expect(await notifier.takeReports() == [])
        #expect(told.map(\.deed) == [.notified(receiver: "am", isResolved: false)])
        #expect(try await names(server) == ["Slow"])

        slow.ended = now
        _ = await notifier.consider([slow], at: now + .seconds(1), isLeader: true)
        await notifier.settled()
        let over = await notifier.takeDeliveries()
        #expect(over.map(\.deed) == [.notified(receiver: "am", isResolved: true)])
        #expect(try await names(server) == [])
    }

    private func names(_ server: AlertmanagerServer) async throws -> [String] {
        struct Listed: Decodable { var labels: [String: String] }
        let answer = try await server.client.send(HTTPRequest("\(server.url)/api/v2/alerts"))
        return try JSONDecoder().decode([Listed].self, from: Data(answer.body))
            .compactMap { $0.labels["alertname"] }
    }
}
