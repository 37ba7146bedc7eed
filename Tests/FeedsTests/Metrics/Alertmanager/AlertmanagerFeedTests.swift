// AlertmanagerFeedTests: what an Alertmanager tells, as events.
import Events
import Feeds
import Network
import TestKit
import Testing

private let alone = HTTPAnswer.json(#"{"cluster":{"status":"disabled","peers":[]}}"#)

private func alert(_ name: String, _ status: String = "") -> String {
    """
    {"fingerprint":"f-\(name)","labels":{"alertname":"\(name)"},"annotations":{"summary":"s"},
     "startsAt":"1970-01-01T00:00:09.500+00:00","endsAt":"1970-01-01T00:05:00Z",
     "updatedAt":"1970-01-01T00:01:00Z","receivers":[{"name":"hook"}],
     "status":{"state":"\(status.isEmpty ? "active" : "suppressed")"\(status)}}
    """
}

private func silence(_ id: String, _ state: String, comment: String = "c") -> String {
    """
    {"id":"\(id)","status":{"state":"\(state)"},"startsAt":"1970-01-01T00:00:10Z",
     "endsAt":"1970-01-01T01:00:00.000Z","createdBy":"bob@desk","comment":"\(comment)",
     "matchers":[{"name":"a","value":"b","isRegex":false}]}
    """
}

private func list(_ items: String...) -> HTTPAnswer {
    .json("[\(items.joined(separator: ","))]")
}

/// What is told while the lists of alerts and of silences are answered in turn.
private func told(
    alerts: [HTTPAnswer], silences: [HTTPAnswer] = [list()], status: HTTPAnswer = alone
) async -> (events: [AlertEvent], notes: [String], failures: [String]) {
    let shelf = Shelf([
        "/api/v2/alerts": alerts, "/api/v2/silences": silences, "/api/v2/status": [status],
    ])
    let listener = Listener(pauses: alerts.count - 1)
    let feed = AlertmanagerKit.feed(shelf, AlertmanagerKit.settings())
    let failures = await supervise(feed, listener)
    let events = listener.events.compactMap { event -> AlertEvent? in
        guard case .alerts("am/metrics", let told) = event else { return nil }
        return told
    }
    return (events, listener.notes, failures)
}

struct AlertmanagerFeedTests {
    @Test func `alerts are listed once, then only what differs; what is gone is resolved`() async {
        let full = alert("Full", #","inhibitedBy":["f-Slow"],"silencedBy":[],"mutedBy":["night"]"#)
        let (events, notes, _) = await told(alerts: [
            list(alert("Slow"), full), list(alert("Slow"), full), list(full, alert("New")),
        ])
        let started = Instant(milliseconds: 9500)
        func engineAlert(_ name: String, _ suppression: Suppression? = nil) -> EngineAlert {
            EngineAlert(
                fingerprint: "f-\(name)", labels: Labels(["alertname": name]),
                annotations: Labels(["summary": "s"]), state: .firing, active: started,
                suppression: suppression)
        }
        let suppressed = Suppression(inhibitors: ["f-Slow"], intervals: ["night"])
        #expect(
            events == [
                .silences([]), .listed([engineAlert("Full", suppressed), engineAlert("Slow")]),
                .changed([engineAlert("New")], gone: ["f-Slow"]),
            ])
        #expect(notes.first == "2 firing, 1 of them suppressed, 0 silences")
    }

    @Test func `silences are mutes of it, without those that expired`() async throws {
        let (events, notes, _) = await told(
            alerts: [list(), list()],
            silences: [
                list(silence("s2", "pending"), silence("s1", "active"), silence("s0", "expired")),
                list(silence("s1", "active")),
            ])
        guard events.count == 3, case .silences(let first) = events[0],
            case .silences(let second) = events[2]
        else { return #expect(Bool(false), "\(events)") }
        #expect(first.map(\.id) == ["s1", "s2"])
        #expect(second.map(\.id) == ["s1"])
        let mute = try #require(second.first)
        #expect(mute.matchers == [LabelMatcher("a", "b")])
        #expect(mute.feed == "am/metrics")
        #expect(mute.by == Person(user: "bob", host: "desk"))
        #expect(mute.until == .second(3600))
        #expect(notes == ["0 firing, 2 silences", "0 firing, 1 silence"])
    }

    @Test func `the members of its cluster are named`() async {
        let status = HTTPAnswer.json(
            #"{"cluster":{"status":"ready","peers":[{"name":"02","address":"10.0.0.2:9094"},{"name":"01","address":"10.0.0.1:9094"}]}}"#
        )
        let (_, notes, _) = await told(alerts: [list()], status: status)
        #expect(
            notes == ["0 firing, 0 silences, cluster of 10.0.0.1:9094 and 10.0.0.2:9094"])
    }

    @Test func `what knows only the old interface is said to`() async {
        let (events, _, failures) = await told(
            alerts: [list()],
            status: HTTPAnswer(status: 404, body: Array("404 page not found".utf8)))
        #expect(events.isEmpty)
        #expect(
            failures == [
                "am:9093 answered /api/v2/status with HTTP 404 (is it an Alertmanager since 0.16?)"
            ])
    }

    @Test(arguments: [
        (#""not today""#, "am:9093 answered /api/v2/alerts with HTTP 500 (not today)"),
        (
            #"{"code":500,"message":"not today"}"#,
            "am:9093 answered /api/v2/alerts with HTTP 500 (not today)"
        ),
        ("<html>no</html>", "am:9093 answered /api/v2/alerts with HTTP 500"),
        ("", "am:9093 answered /api/v2/alerts with HTTP 500"),
    ])
    func `a refusal is told in its words`(body: String, expected: String) async {
        let refusal = HTTPAnswer(status: 500, body: Array(body.utf8))
        let (events, _, failures) = await told(alerts: [refusal])
        #expect(failures == [expected])
        #expect(events.isEmpty, "nothing is known of its alerts")
    }

    @Test func `odd lists are said to be unreadable`() async {
        for text in ["{}", "[{}]", "[1]", #"[{"fingerprint":"f","labels":{},"startsAt":"now"}]"#] {
            let (_, _, failures) = await told(alerts: [.json(text)])
            #expect(
                failures.first?.hasPrefix("am:9093 sent something unreadable for /api/v2/alerts")
                    == true, "\(text): \(failures)")
        }
    }

    @Test func `a token and a tenant are sent, and a refusal does not repeat them`() async {
        let shelf = Shelf([
            "/alertmanager/api/v2/status": [
                HTTPAnswer(status: 403, body: Array(#""hush-hush is not welcome""#.utf8))
            ]
        ])
        var settings = AlertmanagerKit.settings("http://mimir/alertmanager")
        (settings.token, settings.tenant) = (Secret("hush-hush"), "shop")
        let failures = await supervise(AlertmanagerKit.feed(shelf, settings), Listener())
        let headers = Dictionary(shelf.requests[0].headers.map { ($0.name, $0.value) }) { $1 }
        #expect(headers["Authorization"] == "Bearer hush-hush")
        #expect(headers["X-Scope-OrgID"] == "shop")
        #expect(failures.count == 1 && !failures[0].contains("hush-hush"), "\(failures)")
    }
}
