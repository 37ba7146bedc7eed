// ZipkinShelf: traces searched as Zipkin searches them.
import Foundation
import Network
import Synchronization
import TestKit

/// One hand-made span; times in seconds after the tests' noon.
struct Spanned {
    var trace = "a"
    var id = "1"
    var service: String? = "order"
    var name: String? = "get"
    var kind: String? = "SERVER"
    var at: Double? = 0
    var seconds: Double? = 0.01
    var shared = false
    var tags: [String: String] = [:]

    static let noon = 1_795_434_000.0

    var json: [String: Any] {
        var json: [String: Any] = ["traceId": trace, "id": id]
        json["name"] = name
        json["kind"] = kind
        json["timestamp"] = at.map { Int64((Self.noon + $0) * 1_000_000) }
        json["duration"] = seconds.map { Int64($0 * 1_000_000) }
        if let service { json["localEndpoint"] = ["serviceName": service] }
        if shared { json["shared"] = true }
        if !tags.isEmpty { json["tags"] = tags }
        return json
    }
}

/// A Zipkin in memory: searches by service, time and limit; a trace's time is its earliest span's.
final class ZipkinShelf: HTTPClient {
    private struct Trace: Sendable {
        /// In microseconds.
        var begin: Int64
        var services: Set<String>
        var json: Data
    }

    private let traces = Mutex<[Trace]>([])
    private let log = Mutex<[String]>([])
    private let bodyCap: Int
    private let rest: @Sendable (String) -> HTTPAnswer?

    /// `rest` answers by path, also a search where it wants to.
    init(
        _ spans: [Spanned] = [], bodyCap: Int = .max,
        rest: @escaping @Sendable (String) -> HTTPAnswer? = { _ in nil }
    ) {
        (self.bodyCap, self.rest) = (bodyCap, rest)
        lay(spans)
    }

    /// Takes the place of all traces before.
    func lay(_ spans: [Spanned]) {
        lay(Dictionary(grouping: spans, by: \.trace).values.map { $0.map(\.json) })
    }

    /// Lays traces as a server gave them.
    func lay(recorded: [UInt8]) throws {
        let list = try JSONSerialization.jsonObject(with: Data(recorded))
        lay(list as? [[[String: Any]]] ?? [])
    }

    /// Path and query of what was asked.
    var targets: [String] { log.withLock { $0 } }
    var searches: [String] { targets.filter { $0.hasPrefix("/api/v2/traces") } }

    func send(_ request: HTTPRequest) async throws(NetworkError) -> HTTPAnswer {
        let url = URLComponents(string: request.url)
        let path = url?.path ?? ""
        let target = path + (url?.percentEncodedQuery.map { "?\($0)" } ?? "")
        log.withLock { $0.append(target) }
        if let answer = rest(target) { return answer }
        guard path == "/api/v2/traces" else { return HTTPAnswer(status: 404) }
        let body = search(url?.queryItems ?? [])
        guard body.count <= bodyCap else { throw .tooLarge(cap: bodyCap) }
        return HTTPAnswer(status: 200, body: body)
    }

    func stream(_ request: HTTPRequest) async throws(NetworkError) -> HTTPStream {
        throw .badURL("not here")
    }

    private func search(_ items: [URLQueryItem]) -> [UInt8] {
        let query = Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        let end = (query["endTs"].flatMap(Int64.init) ?? 0) * 1000
        let begin = end - (query["lookback"].flatMap(Int64.init) ?? 0) * 1000
        let found = traces.withLock { traces in
            traces.filter { trace in
                (begin...end).contains(trace.begin)
                    && (query["serviceName"].map(trace.services.contains) ?? true)
            }
        }
        let limit = query["limit"].flatMap(Int.init) ?? 10
        var body = Data("[".utf8)
        for (place, trace) in found.prefix(limit).enumerated() {
            if place > 0 { body.append(UInt8(ascii: ",")) }
            body.append(trace.json)
        }
        body.append(UInt8(ascii: "]"))
        return Array(body)
    }

    private func lay(_ list: [[[String: Any]]]) {
        let laid = list.compactMap { spans -> Trace? in
            let times = spans.compactMap { $0["timestamp"] as? NSNumber }.map(\.int64Value)
            guard let begin = times.min(),
                let json = try? JSONSerialization.data(withJSONObject: spans)
            else { return nil }
            let services = spans.compactMap {
                ($0["localEndpoint"] as? [String: Any])?["serviceName"] as? String
            }
            return Trace(begin: begin, services: Set(services), json: json)
        }
        traces.withLock { $0 = laid.sorted { $0.begin > $1.begin } }
    }
}
