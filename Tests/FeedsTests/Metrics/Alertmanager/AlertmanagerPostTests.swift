// AlertmanagerPostTests: alerts are posted as Prometheus posts them.
import Events
import Feeds
import Foundation
import Network
import TestKit
import Testing

private let posts = "promql/alertmanager/prometheus-2.42.0-posts.jsonl"
private let timelines = "promql/prometheus3/lifecycle/api_timelines.jsonl"

struct AlertmanagerPostTests {
    /// What is sent with a resend interval of five seconds.
    private func body(_ alerts: [PostedAlert], at now: Instant) async throws -> NSObject? {
        let shelf = Shelf(["/api/v2/alerts": [.json("")]])
        let post = AlertmanagerPost(
            settings: AlertmanagerKit.settings(), client: shelf, resolver: NoResolver(),
            resendInterval: .seconds(5))
        try await post.post(alerts, at: now)
        let request = try #require(shelf.requests.first)
        #expect(request.method == "POST")
        #expect(request.headers.contains { $0 == ("Content-Type", "application/json") })
        return try document(request.body)
    }

    @Test func `what fires ends four resend intervals from now, what is resolved when it was`()
        async throws
    {
        let firing = PostedAlert(
            labels: Labels(["alertname": "Slow", "service": "cart"]),
            annotations: Labels(["summary": "\"slow\""]), fired: .second(100),
            generatorURL: "http://prom/graph")
        let resolved = PostedAlert(
            labels: Labels(["alertname": "Full"]), fired: .second(50),
            resolved: Instant(milliseconds: 110_250))
        let expected = """
            [{"labels":{"alertname":"Slow","service":"cart"},"annotations":{"summary":"\\"slow\\""},
              "startsAt":"1970-01-01T00:01:40.000Z","endsAt":"1970-01-01T00:02:20.000Z",
              "generatorURL":"http://prom/graph"},
             {"labels":{"alertname":"Full"},
              "startsAt":"1970-01-01T00:00:50.000Z","endsAt":"1970-01-01T00:01:50.250Z"}]
            """
        let sent = try await body([firing, resolved], at: .second(120))
        #expect(try document(Array(expected.utf8)) == sent)
    }

    @Test func `nothing is sent where there is nothing to say`() async throws {
        let shelf = Shelf([:])
        let post = AlertmanagerPost(
            settings: AlertmanagerKit.settings(), client: shelf, resolver: NoResolver())
        try await post.post([], at: .second(1))
        #expect(shelf.requests.isEmpty)
    }

    @Test(
        .enabled(if: SharedMaterial.has(posts), SharedMaterial.missing),
        arguments: [posts, timelines])
    func `the bodies are those of Prometheus`(recording: String) async throws {
        var count = (firing: 0, resolved: 0)
        for recorded in try bodies(in: recording) {
            var alerts: [PostedAlert] = []
            var now = Instant.second(0)
            for alert in recorded.alerts {
                let fired = try #require(moment(alert["startsAt"]))
                let end = try #require(moment(alert["endsAt"]))
                let isResolved = end <= recorded.at
                if !isResolved { now = end - .seconds(20) }
                count.firing += isResolved ? 0 : 1
                count.resolved += isResolved ? 1 : 0
                alerts.append(
                    PostedAlert(
                        labels: Labels(alert["labels"] as? [String: String] ?? [:]),
                        annotations: Labels(alert["annotations"] as? [String: String] ?? [:]),
                        fired: fired, resolved: isResolved ? end : nil,
                        generatorURL: alert["generatorURL"] as? String ?? ""))
            }
            #expect(try await body(alerts, at: now) == stripped(recorded.alerts) as NSArray)
        }
        #expect(count.firing > 10 && count.resolved > 5, "\(count)")
    }

    private func moment(_ value: Any?) -> Instant? {
        (value as? String).flatMap { Instant(rfc3339: $0) }
    }

    /// An annotation without text is none.
    private func stripped(_ alerts: [[String: Any]]) -> [[String: Any]] {
        alerts.map { alert in
            var alert = alert
            let texts = (alert["annotations"] as? [String: String])?.filter { !$0.value.isEmpty }
            alert["annotations"] = texts?.isEmpty == false ? texts : nil
            for key in ["startsAt", "endsAt"] { alert[key] = moment(alert[key])?.rfc3339 }
            return alert
        }
    }

    private func bodies(in file: String) throws -> [(at: Instant, alerts: [[String: Any]])] {
        let lines = (SharedMaterial.bytes(file) ?? Data()).split(separator: UInt8(ascii: "\n"))
        var rows: [[String: Any]] = []
        for line in lines {
            let text = Exchange.filled(String(decoding: line, as: UTF8.self))
            let row = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            rows += row?["posts"] as? [[String: Any]] ?? row.map { [$0] } ?? []
        }
        return rows.compactMap { row in
            guard let alerts = row["alerts"] as? [[String: Any]], let at = row["at"] as? Double
            else { return nil }
            // Seconds after the start of one recording, milliseconds since 1970 of the other.
            let moment = at < 1e9 ? 100_000_000 + at * 1000 : at
            return (Instant(milliseconds: Int64(moment) + 100), alerts)
        }
    }
}
