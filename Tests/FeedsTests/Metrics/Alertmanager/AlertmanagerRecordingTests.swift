// AlertmanagerRecordingTests: exchanges of Alertmanager 0.25, 0.33 and 0.34, told by our client.
import Events
import Feeds
import Foundation
import Network
import TestKit
import Testing

private let recordings = [
    "promql/alertmanager/0.25.0/http.jsonl", "promql/alertmanager/0.33.1/http.jsonl",
    "promql/prometheus3/alertmanager/http.jsonl",
]

@Suite(.enabled(if: SharedMaterial.has(recordings[0]), SharedMaterial.missing))
struct AlertmanagerRecordingTests {
    @Test(arguments: recordings)
    func `every alert that is listed is read`(recording: String) async throws {
        var count = 0
        for exchange in try Exchange.recorded(in: recording)
        where exchange.method == "GET" && exchange.path.hasPrefix("/api/v2/alerts")
            && !exchange.path.contains("groups") && exchange.status == 200
        {
            let rows = try #require(exchange.answered as? [[String: Any]])
            let shelf = Shelf(["/api/v2/alerts": [exchange.answer]])
            let alerts = try await AlertmanagerKit.api(shelf).alerts()
            #expect(alerts.map(\.fingerprint) == rows.map { $0["fingerprint"] as? String ?? "" })
            for (alert, row) in zip(alerts, rows) { try expect(alert, tells: row, exchange.step) }
            count += alerts.count
        }
        #expect(count > 15)
    }

    private func expect(_ alert: EngineAlert, tells row: [String: Any], _ step: String) throws {
        #expect(alert.labels == Labels(row["labels"] as? [String: String] ?? [:]))
        #expect(alert.annotations == Labels(row["annotations"] as? [String: String] ?? [:]))
        #expect(alert.active?.rfc3339 == row["startsAt"] as? String)
        let status = try #require(row["status"] as? [String: Any])
        let isSuppressed = status["state"] as? String == "suppressed"
        #expect((alert.suppression != nil) == isSuppressed, "\(step)")
        #expect(alert.suppression?.silences ?? [] == status["silencedBy"] as? [String])
        #expect(alert.suppression?.inhibitors ?? [] == status["inhibitedBy"] as? [String])
    }

    @Test(arguments: recordings)
    func `every silence that is listed is read`(recording: String) async throws {
        var states: Set<String> = []
        for exchange in try Exchange.recorded(in: recording)
        where exchange.method == "GET" && exchange.path.hasPrefix("/api/v2/silences") {
            let rows = try #require(exchange.answered as? [[String: Any]])
            let shelf = Shelf(["/api/v2/silences": [exchange.answer]])
            let mutes = try await AlertmanagerKit.silences(shelf).all()
            #expect(mutes.map(\.id) == rows.map { $0["id"] as? String ?? "" })
            for (mute, row) in zip(mutes, rows) {
                let state = (row["status"] as? [String: String])?["state"] ?? ""
                states.insert(state)
                #expect((mute.ended != nil) == (state == "expired"))
                let sent = try document(await body(of: mute)) as? [String: Any]
                #expect(sent?["matchers"] as? NSObject == row["matchers"] as? NSObject)
                #expect(sent?["endsAt"] as? String == row["endsAt"] as? String)
            }
        }
        #expect(states.contains("active") && states.contains("pending"))
    }

    /// What is sent to make such a silence.
    private func body(of mute: Mute) async throws -> [UInt8] {
        let shelf = Shelf(["/api/v2/silences": [.json(#"{"silenceID":"x"}"#)]])
        _ = try await AlertmanagerKit.silences(shelf).create(mute)
        return shelf.requests[0].body
    }

    @Test(arguments: recordings)
    func `a silence is written as it was, and the answer understood`(
        recording: String
    ) async throws {
        var counts = (ids: 0, refusals: 0)
        for exchange in try Exchange.recorded(in: recording)
        where exchange.method == "POST" && exchange.path == "/api/v2/silences" {
            let shelf = Shelf(["/api/v2/silences": [exchange.answer]])
            let (id, mute) = mute(asked: exchange.asked)
            let client = AlertmanagerKit.silences(shelf)
            do throws(FeedError) {
                let made =
                    if let id {
                        try await client.update(id, to: mute ?? AlertmanagerKit.mute())
                    } else {
                        try await client.create(mute ?? AlertmanagerKit.mute())
                    }
                #expect(made == (exchange.answered as? [String: String])?["silenceID"])
                counts.ids += 1
            } catch {
                let words = try #require(exchange.refusal)
                #expect(error.description.contains(words.prefix(150)), "\(exchange.step)")
                #expect(error.status == exchange.status)
                counts.refusals += 1
            }
            guard mute != nil, let asked = exchange.asked as? [String: Any] else { continue }
            let sent = try document(shelf.requests[0].body) as? [String: Any] ?? [:]
            for key in ["id", "startsAt", "endsAt", "createdBy"] where asked[key] != nil {
                #expect(sent[key] as? String == asked[key] as? String, "\(exchange.step)")
            }
        }
        #expect(counts.ids >= 5 && counts.refusals >= 6, "\(counts)")
    }

    /// The mute that a recorded request asks for; nil where no mute is so wrong.
    private func mute(asked: Any?) -> (id: String?, mute: Mute?) {
        guard let asked = asked as? [String: Any] else { return (nil, nil) }
        let id = asked["id"] as? String
        guard let matchers = asked["matchers"] as? [[String: Any]],
            let start = (asked["startsAt"] as? String).flatMap({ Instant(rfc3339: $0) }),
            let end = (asked["endsAt"] as? String).flatMap({ Instant(rfc3339: $0) }),
            let author = asked["createdBy"] as? String
        else { return (id, nil) }
        let ours = matchers.compactMap { matcher -> LabelMatcher? in
            guard let name = matcher["name"] as? String, let value = matcher["value"] as? String
            else { return nil }
            return LabelMatcher(
                name, value, isRegex: matcher["isRegex"] as? Bool ?? false,
                isEqual: matcher["isEqual"] as? Bool ?? true)
        }
        var mute = AlertmanagerKit.mute("m1", ours, from: start, until: end)
        mute.by = Person(author: author)
        return (id, mute)
    }

    @Test(arguments: recordings)
    func `to end a silence twice, or one that nobody knows, is no error`(
        recording: String
    ) async throws {
        var statuses: Set<Int> = []
        for exchange in try Exchange.recorded(in: recording) where exchange.method == "DELETE" {
            let shelf = Shelf([exchange.path: [exchange.answer]])
            let id = String(exchange.path.split(separator: "/").last ?? "")
            statuses.insert(exchange.status)
            do throws(FeedError) {
                try await AlertmanagerKit.silences(shelf).expire(id)
                #expect([200, 404, 500].contains(exchange.status), "\(exchange.step)")
            } catch {
                #expect(exchange.status == 422)
                #expect(error.description.contains("must be of type uuid"))
            }
            #expect(shelf.requests.map(\.method) == ["DELETE"])
        }
        #expect(statuses.contains(200))
    }

    @Test(arguments: recordings)
    func `a refused alert is said in the server's words`(recording: String) async throws {
        for exchange in try Exchange.recorded(in: recording)
        where exchange.method == "POST" && exchange.path == "/api/v2/alerts" {
            let shelf = Shelf([exchange.path: [exchange.answer]])
            let post = AlertmanagerPost(
                settings: AlertmanagerKit.settings(), client: shelf, resolver: NoResolver())
            let alert = PostedAlert(labels: Labels(["alertname": "A"]), fired: .second(10))
            do throws(FeedError) {
                try await post.post([alert], at: .second(20))
                #expect(exchange.status == 200, "\(exchange.step)")
            } catch {
                #expect(error.status == exchange.status)
                let words = try #require(exchange.refusal)
                #expect(error.description.contains(words.prefix(150)), "\(exchange.step)")
            }
        }
    }
}
