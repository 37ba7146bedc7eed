// Doctor: `clawtop doctor`: each feed tried once, and what is wrong with it.
import Engine
import Events
import Feeds
import Network
import Wording
import WorldModel

/// Tries each feed; ends with 3 where one does not answer, else with 1 where a certificate ends soon.
func runDoctor(_ plan: WatchPlan) -> Outcome {
    let clock = SystemClock()
    let diagnoses = waiting {
        await withTaskGroup(of: (Int, [Diagnosis]).self) { group in
            for (index, settings) in plan.feeds.enumerated() {
                group.addTask { (index, await diagnose(settings, by: clock)) }
            }
            var results: [(Int, [Diagnosis])] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
    let worst = diagnoses.map(\.code).max { $0.rawValue < $1.rawValue } ?? .ok
    return Outcome(worst, diagnoses.map(\.text).joined())
}

private func diagnose(_ settings: FeedSettings, by clock: SystemClock) async -> [Diagnosis] {
    let engine = WatchPlan(feeds: [settings]).engine(traceWindow: .seconds(60))
    let began = clock.elapsed
    engine.start()
    let server = server(of: settings)
    async let version = version(of: settings.kind, from: server)
    async let certificateEnd = server.certificateEnd()
    await engine.waitUntilEveryFeedAnsweredOrFailed(deadline: settings.deadline)
    let took = clock.elapsed - began
    let world = engine.world
    await engine.stop()
    let (known, end) = await (version, certificateEnd)
    return world.feeds.all.map {
        Diagnosis(
            feed: $0, took: took, version: known, isSecure: server.isSecure, certificateEnd: end,
            now: world.now)
    }
}

/// Asks where this kind of server tells its version; nil where it does not.
private func version(of kind: FeedKind, from server: Server) async -> String? {
    let (path, field): (String, String)
    switch kind {
    case .consul: (path, field) = ("/v1/agent/self", "Version")
    case .etcd: (path, field) = ("/version", "etcdserver")
    case .zipkin: (path, field) = ("/info", "version")
    case .prometheus: (path, field) = ("/api/v1/status/buildinfo", "version")
    case .alertmanager: (path, field) = ("/api/v2/status", "version")
    case .lra, .metrics: return nil
    }
    let answer = try? await server.ask(path)
    guard let answer, answer.status == 200 else { return nil }
    return firstValue(of: field, in: String(decoding: answer.body, as: UTF8.self))
}

/// Asked beside the feed, with what it shows of us.
private func server(of settings: FeedSettings) -> Server {
    var headers: [(name: String, value: String)] = []
    if settings.kind == .consul, let token = settings.token {
        headers.append(("X-Consul-Token", token.revealed))
    }
    return Server(settings, client: CurlClient.shared, resolver: NewestWorld(), headers: headers)
}

/// The text after `"field":` up to the next quotation mark.
private func firstValue(of field: String, in text: String) -> String? {
    guard let name = text.firstRange(of: "\"\(field)\"") else { return nil }
    let rest = text[name.upperBound...].drop { $0 == ":" || $0.isWhitespace }
    guard rest.first == "\"" else { return nil }
    return String(rest.dropFirst().prefix { $0 != "\"" }.prefix(40))
}
