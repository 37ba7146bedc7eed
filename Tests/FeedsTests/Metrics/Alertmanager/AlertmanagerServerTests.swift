// AlertmanagerServerTests: posting, silencing and resolving against a real Alertmanager.
import Events
import Feeds
import Foundation
import Network
import TestKit
import Testing

@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(
        if: AlertmanagerServer.isWanted,
        "Alertmanager is not on the PATH; apt install prometheus-alertmanager")
)
struct AlertmanagerServerTests {
    private let now = Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))

    private func post(
        _ server: AlertmanagerServer, _ names: String..., severity: String = "warning",
        resolved: Bool = false
    ) async throws {
        let post = AlertmanagerPost(
            settings: AlertmanagerKit.settings(server.url), client: server.client,
            resolver: NoResolver())
        let alerts = names.map { name in
            PostedAlert(
                labels: Labels([
                    "alertname": name, "severity": severity, "cluster": "a", "service": "cart",
                ]),
                annotations: Labels(["summary": "so it is"]), fired: now - .seconds(60),
                resolved: resolved ? now : nil, generatorURL: "http://clawtop.example/cart")
        }
        try await post.post(alerts, at: now)
    }

    private func mute(
        _ matchers: LabelMatcher..., for length: Duration = .seconds(3600), revision: UInt64 = 1
    ) -> Mute {
        AlertmanagerKit.mute(
            "m1", matchers, from: now - .seconds(5), until: now + length, revision: revision)
    }

    @Test func `what is posted is listed, silenced by our mute, and resolved`() async throws {
        let server = try await AlertmanagerServer(prefix: "/am")
        defer { withExtendedLifetime(server) {} }
        let api = AlertmanagerKit.api(server.client, server.url)
        let silences = AlertmanagerKit.silences(server.client, server.url)
        try await post(server, "Slow")
        let slow = try #require(try await api.alerts().first)
        #expect(slow.labels["service"] == "cart")
        #expect(slow.annotations["summary"] == "so it is")
        #expect(slow.active == now - .seconds(60))
        #expect(slow.suppression == nil)

        let round = try await silences.synchronise([mute(LabelMatcher("service", "cart"))], at: now)
        #expect(round.refusals.isEmpty)
        let silence = try #require(try await silences.all().first)
        #expect(silence.mark == SilenceMark(mute: "m1", revision: 1))
        #expect(silence.by == Person(user: "ada", host: "laptop"))
        #expect(try await api.alerts().first?.suppression?.silences == [silence.id])

        try await post(server, "Slow", resolved: true)
        #expect(try await api.alerts().isEmpty)
        #expect(try await api.peers().isEmpty)
    }

    @Test func `an inhibited alert is suppressed by another one`() async throws {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        let api = AlertmanagerKit.api(server.client, server.url)
        try await post(server, "Down", severity: "critical")
        try await post(server, "Slow")
        var alerts: [String: EngineAlert] = [:]
        // It looks for what inhibits when it groups, a second later.
        for _ in 1...100 where alerts["Slow"]?.suppression == nil {
            for alert in try await api.alerts() { alerts[alert.labels["alertname"]] = alert }
            try await Task.sleep(for: .milliseconds(50))
        }
        let down = try #require(alerts["Down"])
        #expect(down.suppression == nil)
        #expect(alerts["Slow"]?.suppression == Suppression(inhibitors: [down.fingerprint]))
    }

    @Test func `a mute that changes here changes there, and the other way round`() async throws {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        let client = AlertmanagerKit.silences(server.client, server.url)
        func held() async throws -> [Mute] { try await client.all().filter { $0.ended == nil } }
        let service = LabelMatcher("service", "cart|pay", isRegex: true)
        _ = try await client.synchronise([mute(service)], at: now)
        let first = try #require(try await held().first)

        // Longer: the same silence.
        let longer = mute(service, for: .seconds(7200), revision: 2)
        _ = try await client.synchronise([longer], at: now)
        #expect(try await held().map(\.id) == [first.id])
        #expect(try await held().first?.until == longer.until)

        // Other matchers: a new one, the old one expires.
        let narrower = mute(
            service, LabelMatcher("zone", "eu", isEqual: false), for: .seconds(7200), revision: 3)
        _ = try await client.synchronise([narrower], at: now)
        let second = try #require(try await held().first)
        #expect(second.id != first.id)
        #expect(second.matchers == narrower.matchers)
        let quiet = try await client.synchronise([narrower], at: now).sync
        #expect(quiet == SilenceSync(ours: [], theirs: [], at: now), "\(quiet)")

        // Ended there, by another hand.
        _ = try server.amtool(["silence", "expire", second.id])
        let round = try await client.synchronise([narrower], at: now)
        #expect(round.sync.adopt.first?.ended?.by.user == "am/metrics")
        #expect(try await held().isEmpty)
    }

    @Test func `a mute that is ended here ends there`() async throws {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        let client = AlertmanagerKit.silences(server.client, server.url)
        var mute = mute(LabelMatcher("service", "cart"))
        _ = try await client.synchronise([mute], at: now)
        (mute.ended, mute.revision) = (Mute.Ending(at: now, by: mute.by), 2)
        _ = try await client.synchronise([mute], at: now)
        let all = try await client.all()
        #expect(all.count == 1 && all[0].ended != nil)
        try await client.expire(all[0].id)
        try await client.expire("00000000-0000-4000-8000-000000000000")
    }

    @Test func `what it refuses is said, and holds up nothing else`() async throws {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        let client = AlertmanagerKit.silences(server.client, server.url)
        let holdsForAll = AlertmanagerKit.mute(
            "m0", [LabelMatcher("rack", "")], from: now, until: now + .seconds(60))
        let round = try await client.synchronise(
            [holdsForAll, mute(LabelMatcher("service", "cart"))], at: now)
        #expect(
            round.refusals.first?.description.contains("must not match the empty string") == true)
        #expect(try await client.all().map(\.mark?.mute) == ["m1"])
    }

    @Test func `a silence that somebody makes there is a mute here, until it is ended`()
        async throws
    {
        let server = try await AlertmanagerServer()
        defer { withExtendedLifetime(server) {} }
        try await post(server, "Slow")
        var settings = AlertmanagerKit.settings(server.url)
        settings.interval = .milliseconds(200)
        try await AlertmanagerKit.feed(server.client, settings).running(Witness(.really)) {
            witness in
            #expect(try await witness.nextEvent() == .alerts("am/metrics", .silences([])))
            guard case .alerts(_, .listed(let alerts)) = try await witness.nextEvent() else {
                return #expect(Bool(false), "nothing was listed")
            }
            #expect(alerts.map { $0.labels["alertname"] } == ["Slow"])
            let id = try server.amtool([
                "silence", "add", "--author=bob", "--comment=later", "alertname=~S.*", "zone!=us",
            ])
            guard case .alerts(_, .silences(let mutes)) = try await witness.nextEvent() else {
                return #expect(Bool(false), "no silence was told")
            }
            #expect(mutes.map(\.id) == [id])
            #expect(mutes[0].matchers.map(\.description) == [#"alertname=~"S.*""#, #"zone!="us""#])
            #expect(mutes[0].by.description == "bob")
            guard case .alerts(_, .changed(let changed, _)) = try await witness.nextEvent() else {
                return #expect(Bool(false), "no change was told")
            }
            #expect(changed.map(\.suppression?.silences) == [[id]])
            _ = try server.amtool(["silence", "expire", id])
            #expect(try await witness.nextEvent() == .alerts("am/metrics", .silences([])))
        }
    }
}
