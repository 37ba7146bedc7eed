// AlertmanagerKit: what the tests of the Alertmanager share: settings, and recorded exchanges.
import Events
import Feeds
import Foundation
import Network
import TestKit

enum AlertmanagerKit {
    static func settings(_ url: String = "http://am:9093") -> FeedSettings {
        FeedSettings(name: "am", kind: .alertmanager, worlds: [.metrics], url: url)
    }

    static func api(_ client: any HTTPClient, _ url: String = "http://am:9093") -> AlertmanagerAPI {
        AlertmanagerAPI(settings: settings(url), client: client, resolver: NoResolver())
    }

    static func silences(
        _ client: any HTTPClient, _ url: String = "http://am:9093"
    ) -> SilenceClient {
        SilenceClient(api(client, url), of: "am/metrics")
    }

    static func feed(_ client: any HTTPClient, _ settings: FeedSettings) -> AlertmanagerFeed {
        AlertmanagerFeed(
            settings: settings, source: settings.sources[0], client: client,
            resolver: NoResolver())
    }

    /// A mute of ada's: `service=cart`, from second 1000 on.
    static func mute(
        _ id: String = "m1", _ matchers: [LabelMatcher] = [LabelMatcher("service", "cart")],
        from start: Instant = .second(1000), until: Instant = .second(4600),
        comment: String = "deploy", revision: UInt64 = 1
    ) -> Mute {
        Mute(
            id: id, matchers: matchers, start: start, until: until,
            by: Person(user: "ada", host: "laptop"), comment: comment, revision: revision)
    }
}

/// One question to an Alertmanager and its answer, as they were recorded.
struct Exchange {
    var step, method, path: String
    var asked: Any?
    var status: Int
    var answered: Any?

    var answer: HTTPAnswer {
        let body = answered.flatMap {
            try? JSONSerialization.data(withJSONObject: $0, options: .fragmentsAllowed)
        }
        return HTTPAnswer(status: status, body: body.map(Array.init) ?? [])
    }

    /// What the server said no with.
    var refusal: String? {
        answered as? String ?? (answered as? [String: Any])?["message"] as? String
    }

    /// Exchanges in order; what was left out of the recording stands for it again.
    static func recorded(in file: String) throws -> [Exchange] {
        try (SharedMaterial.bytes(file) ?? Data()).split(separator: UInt8(ascii: "\n")).map {
            let line = Data(filled(String(decoding: $0, as: UTF8.self)).utf8)
            let row = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
            let request = row["request"] as? [String: Any] ?? [:]
            let response = row["response"] as? [String: Any] ?? [:]
            return Exchange(
                step: row["step"] as? String ?? "", method: request["method"] as? String ?? "",
                path: request["path"] as? String ?? "", asked: present(request["body"]),
                status: response["status"] as? Int ?? 0, answered: present(response["body"]))
        }
    }

    /// `<t+4s>` and `<id1>` become moments after second 100,000, and ids.
    static func filled(_ text: String) -> String {
        text.replacing(/<t([+-][0-9.]+)s>/) { match in
            let seconds = Double(match.1) ?? 0
            return Instant(milliseconds: 100_000_000 + Int64((seconds * 1000).rounded())).rfc3339
        }.replacing(/<id([0-9]+)>/) {
            "00000000-0000-4000-8000-\(100_000_000_000 + (Int($0.1) ?? 0))"
        }
    }

    private static func present(_ value: Any?) -> Any? { value is NSNull ? nil : value }
}

/// A JSON document to compare.
func document(_ bytes: [UInt8]) throws -> NSObject? {
    try JSONSerialization.jsonObject(with: Data(bytes)) as? NSObject
}
