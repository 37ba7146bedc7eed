// PrometheusServerTests: the feeds and the client against a real Prometheus.
import Events
import Feeds
import Network
import TestKit
import Testing

@Suite(
    .serialized, .timeLimit(.minutes(5)),
    .enabled(if: PrometheusServer.isWanted, "prometheus is not on the PATH; apt install prometheus")
)
struct PrometheusServerTests {
    private func settings(_ kind: FeedKind, _ url: String) -> FeedSettings {
        FeedSettings(name: kind.rawValue, kind: kind, worlds: [.metrics], url: url)
    }

    private func api(_ server: PrometheusServer) -> PrometheusAPI {
        PrometheusAPI(
            settings: settings(.prometheus, server.url), client: server.client,
            resolver: NoResolver())
    }

    @Test func `its own metrics are scraped`() async throws {
        let server = try await PrometheusServer()
        let settings = settings(.metrics, server.url)
        let feed = PrometheusTargets(
            settings: settings, source: settings.sources[0], client: server.client,
            resolver: NoResolver())
        try await feed.running(Witness(.really)) { witness in
            guard case .metrics(_, .scraped(let scrape)) = try await witness.nextEvent() else {
                return #expect(Bool(false), "it was not scraped")
            }
            #expect(scrape.series.count > 200)
            #expect(scrape.readings.count == scrape.series.count)
            #expect(scrape.series.contains { $0.metricName == "prometheus_build_info" })
            #expect(scrape.series.allSatisfy { $0["instance"] == server.address })
        }
    }

    @Test func `it reads the same series from a target as we do`() async throws {
        let body = String(
            decoding: try MetricsFixture.bytes("checkout_openmetrics.txt"), as: UTF8.self)
        let target = try LoopbackServer(
            .send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/openmetrics-text; version=1.0.0\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n" + body))
        let instance = "127.0.0.1:\(target.port)"
        let server = try await PrometheusServer(scraping: [instance])
        defer { withExtendedLifetime((server, target)) {} }
        let api = api(server)
        let changing = "scrape_duration_seconds|scrape_series_added"
        var theirs: [String] = []
        // The first scrape comes within a second.
        for _ in 1...100 where theirs.isEmpty {
            let answer = try await api.query("{job=\"targets\",__name__!~\"up|\(changing)\"}")
            if case .vector(let series) = answer.result {
                theirs = series.map { "\($0.labels.brief) \($0.points[0].value.brief)" }.sorted()
            }
            if theirs.isEmpty { try await Task.sleep(for: .milliseconds(100)) }
        }
        var settings = settings(.metrics, target.url)
        settings.job = "targets"
        let listener = Listener(at: .second(1_795_404_112))
        await supervise(
            PrometheusTargets(
                settings: settings, source: settings.sources[0], client: server.client,
                resolver: NoResolver()), listener)
        let scrape = try #require(listener.metricEvents.first).scrape
        let names = Dictionary(
            uniqueKeysWithValues: scrape.series.enumerated().map {
                (scrape.firstNumber + $0, $1.brief)
            })
        let ours = scrape.readings.map { "\(names[$0.number] ?? "") \($0.value.brief)" }
            .filter { !$0.hasPrefix("up{") && !$0.hasPrefix("scrape_duration") }
            .filter { !$0.hasPrefix("scrape_series") }.sorted()
        #expect(ours.count == 47)
        #expect(ours == theirs)
    }

    @Test func `queries are answered, and refused in its words`() async throws {
        let server = try await PrometheusServer(prefix: "/mon")
        defer { withExtendedLifetime(server) {} }
        let api = api(server)
        let moment = Instant(milliseconds: 1_700_000_000_500)
        let answer = try await api.query("vector(4) > 3", at: moment)
        #expect(
            answer.result
                == .vector([.init(labels: Labels(), points: [.init(at: moment, value: 4)])]))
        let range = try await api.query(
            "1 + 1", from: .second(0), to: .second(30), step: .seconds(15))
        guard case .matrix(let series) = range.result else {
            return #expect(Bool(false), "no matrix")
        }
        #expect(series[0].points.map(\.value) == [2, 2, 2])
        await #expect(
            throws: PrometheusError.rejected(
                "invalid parameter \"query\": 1:5: parse error: unclosed left parenthesis")
        ) { try await api.query("sum(") }
        #expect(try await api.version().hasPrefix("2."))
    }

    @Test func `its firing alerts are told`() async throws {
        let rules = """
            groups:
              - name: ours
                rules:
                  - {alert: AlwaysThere, expr: vector(7), labels: {severity: page}}
                  - {alert: NotYet, expr: vector(1), for: 1h}
            """
        let server = try await PrometheusServer(rules: rules)
        defer { withExtendedLifetime(server) {} }
        var settings = settings(.prometheus, server.url)
        settings.interval = .milliseconds(200)
        let feed = PrometheusAlerts(
            settings: settings, source: settings.sources[0], client: server.client,
            resolver: NoResolver())
        try await feed.running(Witness(.really)) { witness in
            var told: [String: AlertState] = [:]
            while told.count < 2 {
                guard case .alerts(_, let event) = try await witness.nextEvent() else { continue }
                for alert in event.alerts { told[alert.labels["alertname"]] = alert.state }
            }
            #expect(told == ["AlwaysThere": .firing, "NotYet": .pending])
        }
        #expect(try await feed.api.rules().first?.rules.map(\.name) == ["AlwaysThere", "NotYet"])
    }
}

extension AlertEvent {
    fileprivate var alerts: [EngineAlert] {
        switch self {
        case .listed(let alerts), .changed(let alerts, _): alerts
        case .silences: []
        }
    }
}
