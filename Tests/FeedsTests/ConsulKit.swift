// ConsulKit: what the tests of Consul's feeds share.
import Events
import Foundation
import Network
import Synchronization
import TestKit

@testable import Feeds

/// Runs a feed of `client` until its pauses are used up, or it throws something else.
func run(
    _ world: WatchedWorld = .registry, on client: any HTTPClient, pauses: Int = 3,
    change: (inout FeedSettings) -> Void = { _ in }
) async -> (listener: Listener, error: FeedError?) {
    var settings = FeedSettings(
        name: "consul", kind: .consul, worlds: [world], url: "http://consul:8500")
    change(&settings)
    let source = FeedSource(
        name: "consul", kind: .consul, world: world, address: settings.shownAddress)
    let feed: any Feed =
        world == .registry
        ? ConsulRegistry(settings: settings, source: source, client: client, resolver: NoResolver())
        : ConsulConfig(settings: settings, source: source, client: client, resolver: NoResolver())
    let listener = Listener(pauses: pauses)
    do {
        try await feed.run(listener)
    } catch let error as FeedError {
        return (listener, error)
    } catch {}
    return (listener, nil)
}

extension Listener {
    /// The services as the events so far leave them.
    var services: [String: [ServiceInstance]] {
        var services: [String: [ServiceInstance]] = [:]
        for case .registry(_, let event) in events {
            switch event {
            case .listed(let listings):
                services = Dictionary(
                    uniqueKeysWithValues: listings.map { ($0.service, $0.instances) })
            case .changed(let listings, let gone):
                for listing in listings { services[listing.service] = listing.instances }
                for service in gone { services[service] = nil }
            }
        }
        return services
    }

    /// The keys as the events so far leave them.
    var keys: [String: ConfigEntry] {
        var keys: [String: ConfigEntry] = [:]
        for case .config(_, let event) in events {
            switch event {
            case .listed(let entries):
                keys = Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0) })
            case .changed(let entries, let gone):
                for entry in entries { keys[entry.key] = entry }
                for key in gone { keys[key] = nil }
            }
        }
        return keys
    }

    var listings: Int {
        events.count { event in
            switch event {
            case .registry(_, .listed), .config(_, .listed): true
            default: false
            }
        }
    }
}

/// A Consul of a few services, told in Swift; its lists agree with each other.
struct SmallConsul: Sendable {
    struct Probe: Sendable {
        var id = "ttl"
        var status = "passing"
        var output = "ok"
        var modified = 10
        /// The check is the node's.
        var isOfNode = false

        func json(node: String, service: String, id instance: String) -> String {
            """
            {"Node":"\(node)","CheckID":"\(isOfNode ? id : "\(instance):\(id)")","Name":"\(id)",\
            "Status":"\(status)","Output":"\(output)","ServiceID":"\(isOfNode ? "" : instance)",\
            "ServiceName":"\(isOfNode ? "" : service)","ServiceTags":null,"ModifyIndex":\(modified)}
            """
        }
    }

    /// Instances by service: one check each, on node `n1`.
    var services: [String: [String: Probe]] = ["web": ["web-1": Probe(), "web-2": Probe()]]
    var nodeChecks: [Probe] = []
    var meta = #"{"version":"1.0"}"#
    var kind = ""
    var index = 10
    var headers: [(String, String)] = []

    /// What it answers to the path of `request`; with an index as if nothing had changed.
    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        let path = String(request.url.dropFirst("http://consul:8500".count).prefix { $0 != "?" })
        guard let body = body(path) else { return HTTPAnswer(status: 404) }
        let lines = headers + [("X-Consul-Index", "\(index)"), ("X-Consul-KnownLeader", "true")]
        return HTTPAnswer(
            status: 200, headers: HTTPHeaders(lines.map { (name: $0.0, value: $0.1) }),
            body: Array(body.utf8))
    }

    private func body(_ path: String) -> String? {
        if path == "/v1/catalog/services" {
            return "{\(services.keys.map { "\"\($0)\":[]" }.joined(separator: ","))}"
        }
        if path.hasPrefix("/v1/health/service/") {
            let name = String(path.dropFirst("/v1/health/service/".count))
            return
                "[\(services[name, default: [:]].map { entry(name, $0, $1) }.joined(separator: ","))]"
        }
        guard path.hasPrefix("/v1/health/state/") else { return nil }
        let state = path.dropFirst("/v1/health/state/".count)
        var checks = nodeChecks.filter { state == "any" || $0.status == state }.map {
            $0.json(node: "n1", service: "", id: "")
        }
        for (service, instances) in services {
            for (id, probe) in instances where state == "any" || probe.status == state {
                checks.append(probe.json(node: "n1", service: service, id: id))
            }
        }
        return "[\(checks.joined(separator: ","))]"
    }

    private func entry(_ service: String, _ id: String, _ probe: Probe) -> String {
        let checks = ([probe] + nodeChecks).map { $0.json(node: "n1", service: service, id: id) }
        return """
            {"Node":{"Node":"n1","Address":"10.0.0.1","Meta":{"zone":"a"}},"Service":{"ID":"\(id)",\
            "Service":"\(service)","Kind":"\(kind)","Address":"","Port":80,"Meta":\(meta)},\
            "Checks":[\(checks.joined(separator: ","))]}
            """
    }
}

/// A recorded sequence: what each path answered, and when.
///
/// The blocking query of `driver` moves time on to its next answer; all others see that time.
/// First it goes to where the server was killed.
final class ConsulTape: HTTPClient {
    private struct Line {
        var at: Int
        var status: Int
        var index: String?
        var body: [UInt8]
    }

    private let tracks: [String: [Line]]
    private let driver: String
    private let others: @Sendable (HTTPRequest) -> HTTPAnswer
    private let now = Mutex((at: 1, end: 17_000))

    init(driver: String, others: @escaping @Sendable (HTTPRequest) -> HTTPAnswer) throws {
        (self.driver, self.others) = (driver, others)
        var tracks: [String: [Line]] = [:]
        for text in try fixture("sequence_deploy.jsonl").split(separator: 0x0A) {
            let line = try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any] ?? [:]
            let target = (line["request"] as? String ?? "").dropFirst("GET ".count)
            let body = line["body"].flatMap { $0 is NSNull ? nil : $0 }
            tracks[String(target.prefix { $0 != "?" }), default: []].append(
                Line(
                    at: line["t_ms"] as? Int ?? 0, status: line["status"] as? Int ?? 0,
                    index: (line["index"] as? Int).map(String.init),
                    body: try body.map {
                        Array(
                            try JSONSerialization.data(
                                withJSONObject: $0, options: .fragmentsAllowed))
                    } ?? []))
        }
        self.tracks = tracks
    }

    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        let target = request.url.dropFirst("http://consul:8500".count)
        let path = String(target.prefix { $0 != "?" })
        guard let track = tracks[path] else { return others(request) }
        let line = now.withLock { now in
            if path == driver, target.contains("index="),
                let next = track.first(where: { $0.at > now.at }), next.at <= now.end
            {
                now.at = next.at
            }
            return track.last { $0.at <= now.at } ?? track[0]
        }
        guard line.status != 0 else { throw .unreachable("refused the connection") }
        return HTTPAnswer(
            status: line.status,
            headers: ["X-Consul-Index": line.index ?? "", "X-Consul-KnownLeader": "true"],
            body: line.body)
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        let answer = try await send(request)
        let pieces = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(answer.body)
            continuation.finish()
        }
        return HTTPStream(status: answer.status, headers: answer.headers, pieces: pieces)
    }

    /// Time goes on from `start`, and stands still at `end`.
    func play(from start: Int, to end: Int) {
        now.withLock { $0 = (start, end) }
    }
}
