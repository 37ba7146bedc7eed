import Events
import Foundation
import Network
import TestKit
import Testing

@testable import Notifying

struct WebhookTests {
    private let plain = ReceiverSettings(name: "hook", .webhook(Secret("http://10.0.0.7:9000/x")))

    @Test func `the body is that of Alertmanager's webhooks`() {
        var receiver = plain
        receiver.matchers = [LabelMatcher("team", "a|b", isRegex: true)]
        var told = notice(
            to: receiver,
            [
                alert("Slow", ["instance": "i1", "team": "a"]),
                alert("Slow", ["instance": "i2", "team": "a"], ended: noon + .seconds(7)),
            ])
        told.truncated = 3
        #expect(
            String(decoding: WebhookBody(told).json, as: UTF8.self)
                == #"{"alerts":["#
                + #"{"annotations":{"summary":"Slow is bad"},"endsAt":"0001-01-01T00:00:00Z","#
                + #""fingerprint":"Slowi1","generatorURL":"","#
                + #""labels":{"alertname":"Slow","instance":"i1","team":"a"},"#
                + #""startsAt":"2026-11-24T12:00:00.000Z","status":"firing"},"#
                + #"{"annotations":{"summary":"Slow is bad"},"endsAt":"2026-11-24T12:00:07.000Z","#
                + #""fingerprint":"Slowi2","generatorURL":"","#
                + #""labels":{"alertname":"Slow","instance":"i2","team":"a"},"#
                + #""startsAt":"2026-11-24T12:00:00.000Z","status":"resolved"}],"#
                + #""commonAnnotations":{"summary":"Slow is bad"},"#
                + #""commonLabels":{"alertname":"Slow","team":"a"},"externalURL":"","#
                + #""groupKey":"{}/{team=~\"a|b\"}:{alertname=\"Slow\"}","#
                + #""groupLabels":{"alertname":"Slow"},"heldBack":["shop"],"#
                + #""notification_reason":"first notification","receiver":"hook","#
                + #""status":"firing","truncatedAlerts":3,"version":"4"}"#)
    }

    @Test(.enabled(if: RecordedHook.isThere, SharedMaterial.missing))
    func `what Alertmanagers sent, we would have sent`() throws {
        var count = 0
        for file in RecordedHook.files {
            for row in try SharedMaterial.rows(file, as: RecordedHook.self) {
                let sent = try JSONDecoder().decode(
                    RecordedHook.Body.self, from: Data(WebhookBody(row.body.notice).json))
                var expected = row.body
                // Ours has no address to open; moments stand as placeholders in the recording.
                expected.externalURL = ""
                #expect(sent.comparable == expected.comparable, "\(file) at \(row.at)")
                count += 1
            }
        }
        #expect(count >= 20)
    }

    @Test(
        arguments: [
            (204, nil, nil), (200, nil, nil),
            (500, "answered 500", true), (503, "answered 503", true), (429, "answered 429", true),
            (400, "answered 400", false), (404, "answered 404", false),
            (401, "does not know us (401); see `token:`", false),
            (308, "sends us elsewhere (308); name the final address", false),
        ] as [(Int, String?, Bool?)])
    func `only what may go better later is tried again`(
        status: Int, reason: String?, isPassing: Bool?
    ) async {
        let shelf = Shelf { _ in
            HTTPAnswer(status: status, headers: ["Retry-After": "7"], body: Array("s3cr3t".utf8))
        }
        let error = await failure(posting: shelf)
        #expect(error?.reason == reason.map { "(http://10.0.0.7:9000) \($0)" })
        #expect(error?.isPassing == isPassing)
        #expect(error?.retryAfter == (isPassing == true ? .seconds(7) : nil))
        #expect(shelf.requests.first?.method == "POST")
    }

    @Test(arguments: [
        NetworkError.unreachable("refused the connection"), .timedOut(after: .seconds(10)),
        .cutShort("the connection was closed"), .tls("no certificate"), .badURL("s3cr3t-path"),
    ])
    func `an address that is a secret, and a token, are never told`(trouble: NetworkError) async {
        var receiver = ReceiverSettings(
            name: "chat", .webhook(Secret("https://me:s3cr3t@chat:443/s3cr3t-path?key=s3cr3t")))
        receiver.token = Secret("s3cr3t-token")
        let shelf = Shelf { _ throws(NetworkError) in throw trouble }
        let error = await failure(posting: shelf, as: receiver)
        #expect(error?.reason.hasPrefix("(https://chat:443) ") == true)
        #expect(error?.reason.contains("s3cr3t") == false)
        #expect(
            shelf.requests.first?.headers.contains { $0.value == "Bearer s3cr3t-token" } == true)
    }

    @Test func `the user and password of an address go apart from it, unless there is a token`()
        async throws
    {
        var receiver = ReceiverSettings(name: "chat", .webhook(Secret("https://me:a%40b@chat/x?y")))
        let shelf = Shelf { _ in HTTPAnswer(status: 200) }
        #expect(await failure(posting: shelf, as: receiver) == nil)
        receiver.token = Secret("s3cr3t")
        #expect(await failure(posting: shelf, as: receiver) == nil)
        #expect(shelf.requests.map(\.url) == ["https://chat/x?y", "https://chat/x?y"])
        let proofs = shelf.requests.map { $0.headers.filter { $0.name == "Authorization" } }
        #expect(proofs.map { $0.map(\.value) } == [["Basic bWU6YUBi"], ["Bearer s3cr3t"]])
    }

    @Test func `an Alertmanager that refuses is told no secrets of, and not asked again`() async {
        var receiver = ReceiverSettings(name: "am", .alertmanager(Secret("http://am/s3cr3t")))
        receiver.token = Secret("s3cr3t-token")
        let shelf = Shelf { _ in
            HTTPAnswer(status: 400, body: Array("\"s3cr3t-token is bad\"".utf8))
        }
        let error = await refusal(
            by: AlertmanagerSender("http://am/s3cr3t", receiver, shelf),
            notice(to: receiver, [alert("Slow")]))
        #expect(error == DeliveryError("(http://am) answered 400", isPassing: false))
        #expect(shelf.targets == ["/s3cr3t/api/v2/alerts"])
    }

    @Test func `an Alertmanager that asks for it is left alone`() async {
        let receiver = ReceiverSettings(name: "am", .alertmanager(Secret("http://am")))
        let shelf = Shelf { _ in HTTPAnswer(status: 429, headers: ["Retry-After": "7"]) }
        let error = await refusal(
            by: AlertmanagerSender("http://am", receiver, shelf),
            notice(to: receiver, [alert("Slow")]))
        #expect(
            error
                == DeliveryError(
                    "(http://am) answered 429", isPassing: true, retryAfter: .seconds(7)))
    }

    @Test func `an Alertmanager hears until when it is to believe us`() async throws {
        let shelf = Shelf { _ in HTTPAnswer(status: 200) }
        let receiver = ReceiverSettings(name: "am", .alertmanager(Secret("http://am")))
        let sender = AlertmanagerSender("http://am", receiver, shelf)
        let told = notice(
            to: receiver, [alert("Slow"), alert("Down", ended: noon + .seconds(5))])
        let error = await refusal(by: sender, told)
        #expect(error == nil)
        #expect(shelf.targets == ["/api/v2/alerts"])
        let body = shelf.requests.first?.body ?? []
        let posted = try JSONDecoder().decode([Posted].self, from: Data(body))
        #expect(
            posted == [
                Posted(labels: ["alertname": "Slow"], endsAt: "2026-11-24T12:04:00.000Z"),
                Posted(labels: ["alertname": "Down"], endsAt: "2026-11-24T12:00:05.000Z"),
            ])
    }

    private struct Posted: Decodable, Equatable {
        var labels: [String: String]
        var endsAt: String
    }

    private func failure(
        posting shelf: Shelf, as receiver: ReceiverSettings? = nil
    ) async -> DeliveryError? {
        let receiver = receiver ?? plain
        guard case .webhook(let url) = receiver.channel else { return nil }
        let sender = WebhookSender(url: url.revealed, settings: receiver, client: shelf)
        return await refusal(by: sender, notice(to: receiver, [alert("Slow")]))
    }
}
