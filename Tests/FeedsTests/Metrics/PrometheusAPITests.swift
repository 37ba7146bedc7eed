// PrometheusAPITests: recorded answers of engines, and their refusals in words.
import Events
import Feeds
import Network
import TestKit
import Testing

private func api(
    _ client: any HTTPClient, _ url: String = "http://prom:9090",
    _ change: (inout FeedSettings) -> Void = { _ in }
) -> PrometheusAPI {
    var settings = FeedSettings(name: "prom", kind: .prometheus, worlds: [.metrics], url: url)
    change(&settings)
    return PrometheusAPI(settings: settings, client: client, resolver: NoResolver())
}

private func recorded(_ name: String, status: Int = 200) throws -> PrometheusAPI {
    let answer = try MetricsFixture.answer(name, status: status)
    return api(Shelf(["/api/v1/query": [answer]]))
}

struct PrometheusAPITests {
    @Test func `each type of result is read`() async throws {
        let scalar = try await recorded("query_scalar.json").query("1").result
        let at = Instant(milliseconds: 1_795_404_081_522)
        #expect(scalar == .scalar(PrometheusAnswer.Point(at: at, value: 1)))
        let string = try await recorded("query_string.json").query("\"hi\"").result
        #expect(string == .string("hi", at: Instant(milliseconds: 1_795_404_081_940)))
        guard case .matrix(let series) = try await recorded("range_gaps.json").query("x").result
        else { return #expect(Bool(false), "no matrix") }
        #expect(series[0].labels["service"] == "checkout")
        #expect(series[0].points.prefix(3).map(\.value) == [9, 7, 7])
        #expect(series[0].points[0].at == .second(1_795_404_064))
    }

    @Test func `NaN and the infinities are values`() async throws {
        let answer = try await recorded("query_nan_inf.json").query("x")
        guard case .vector(let series) = answer.result else {
            return #expect(Bool(false), "no vector")
        }
        #expect(series.map { "\($0.points[0].value)" } == ["nan", "inf", "-inf"])
    }

    @Test func `a query is a form, sent by POST, with the tenant and the token`() async throws {
        let shelf = Shelf([
            "/mimir/prometheus/api/v1/query_range": [try MetricsFixture.answer("range_gaps.json")]
        ])
        let api = api(shelf, "http://mimir:8080/mimir/prometheus/") {
            ($0.tenant, $0.token) = ("shop", Secret("hush"))
        }
        _ = try await api.query(
            "rate(a{b=\"c&d\"}[1m])", from: Instant(milliseconds: -1500), to: .second(60),
            step: .milliseconds(500))
        let request = try #require(shelf.requests.first)
        #expect(request.method == "POST")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "query=rate%28a%7Bb%3D%22c%26d%22%7D%5B1m%5D%29&start=-1.500&end=60.000&step=0.500"
        )
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { $1 }
        #expect(headers["X-Scope-OrgID"] == "shop")
        #expect(headers["Authorization"] == "Bearer hush")
        #expect(headers["Content-Type"] == "application/x-www-form-urlencoded")
    }

    @Test func `a wrong expression is rejected, in the engine's words`() async throws {
        let refused = try recorded("query_parse_error.json", status: 400)
        await #expect(
            throws: PrometheusError.rejected(
                "invalid parameter \"query\": 1:10: parse error: unclosed left parenthesis")
        ) { try await refused.query("sum(rate(") }
    }

    @Test(arguments: [
        ("query_exec_error_many_to_many.json", 422, "execution: multiple matches for labels: many"),
        ("query_timeout.json", 503, "timeout: query timed out in expression evaluation"),
        ("victoriametrics-parse_error.json", 422, "422: error when executing query=\"sum(\" for"),
        (
            "victoriametrics-unknown.txt", 400,
            "prom:9090 answered /api/v1/query with HTTP 400 (remoteAddr:"
        ),
    ])
    func `what an engine cannot answer is said`(
        file: String, status: Int, words: String
    ) async throws {
        let refused = try recorded(file, status: status)
        do {
            _ = try await refused.query("x")
            Issue.record("it answered")
        } catch {
            #expect(error.description.hasPrefix(words), "\(error)")
        }
    }

    @Test func `a token that an engine repeats is hidden`() async throws {
        let refused = HTTPAnswer(
            status: 422,
            body: Array(#"{"status":"error","errorType":"execution","error":"no hush-hush"}"#.utf8))
        let api = api(Shelf(["/api/v1/query": [refused]])) { $0.token = Secret("hush-hush") }
        await #expect(throws: PrometheusError.unanswered(kind: "execution", "no ••••••")) {
            try await api.query("x")
        }
    }

    @Test func `warnings of an answer in part are kept`() async throws {
        let text =
            #"{"status":"success","data":{"resultType":"vector","result":[]},"warnings":["store is gone"],"infos":["so it is"]}"#
        let answer = try await api(Shelf(["/api/v1/query": [.json(text)]])).query("x")
        #expect(answer.warnings == ["store is gone"])
        #expect(answer.infos == ["so it is"])
    }

    @Test(arguments: [("true", ["the engine calls its answer partial (isPartial)"]), ("false", [])])
    func `an answer that VictoriaMetrics calls partial has a warning`(
        isPartial: String, warnings: [String]
    ) async throws {
        let text =
            #"{"status":"success","isPartial":\#(isPartial),"data":{"resultType":"vector","result":[]}}"#
        let answer = try await api(Shelf(["/api/v1/query": [.json(text)]])).query("x")
        #expect(answer.warnings == warnings)
    }

    @Test(arguments: [
        (
            #"{"resultType":"vector","result":[{"metric":{},"histogram":[1,{"count":"2"}]},"#
                + #"{"metric":{"a":"b"},"value":[1,"2"]}]}"#, 1
        ),
        (
            #"{"resultType":"matrix","result":[{"metric":{"a":"b"},"values":[[1,"2"]],"#
                + #""histograms":[[3,{}]]},{"metric":{},"histograms":[[1,{}],[2,{}]]}]}"#, 2
        ),
    ])
    func `native histograms are left out of an answer, and that is said`(
        data: String, count: Int
    ) async throws {
        let answer = try await api(
            Shelf(["/api/v1/query": [.json(#"{"status":"success","data":\#(data)}"#)]])
        ).query("x")
        switch answer.result {
        case .vector(let series), .matrix(let series):
            #expect(series.map(\.labels) == [Labels(["a": "b"])])
        case .scalar, .string: Issue.record("no series")
        }
        #expect(
            answer.warnings == [
                "native histograms are not supported here: those of \(count) series are left out"
            ])
    }

    @Test(arguments: [
        #"{"data":{"resultType":"vector","result":[{"metric":{},"value":[1e300,"1"]}]}}"#,
        #"{"data":{"resultType":"vector","result":[{"metric":{},"histogram":[1,{}]}]}}"#,
        #"{"data":{"resultType":"matrix","result":[{"metric":{},"values":[]}]}}"#,
    ])
    func `odd answers are read`(text: String) async throws {
        _ = try await api(Shelf(["/api/v1/query": [.json(text)]])).query("x")
    }

    @Test(arguments: [
        "", "<html>", "[]", "{}", #"{"data":null}"#, #"{"data":{"resultType":"none","result":[]}}"#,
        #"{"data":{"resultType":"vector","result":[{"metric":{},"value":[1,"one"]}]}}"#,
        #"{"data":{"resultType":"scalar","result":["1",1]}}"#,
    ])
    func `what is no answer is said to be none`(text: String) async throws {
        let api = api(Shelf(["/api/v1/query": [.json(text)]]))
        do {
            _ = try await api.query("x")
            Issue.record("it answered")
        } catch {
            #expect(error.description.contains("prom:9090 sent something unreadable"), "\(error)")
        }
    }

    @Test func `rules and the version are read`() async throws {
        let shelf = Shelf([
            "/api/v1/rules": [try MetricsFixture.answer("rules.json")],
            "/api/v1/status/buildinfo": [
                .json(#"{"status":"success","data":{"version":"2.42.0+ds"}}"#),
                try MetricsFixture.answer("victoriametrics-buildinfo.json"),
            ],
        ])
        let groups = try await api(shelf).rules()
        #expect(groups.map(\.name) == ["broken", "shop.slo"])
        #expect(groups[0].rules[0].lastError?.hasPrefix("multiple matches") == true)
        #expect(try await api(shelf).version() == "2.42.0+ds")
        #expect(try await api(shelf).version() == "")
    }
}

struct PrometheusAlertsTests {
    private func feed(_ answers: HTTPAnswer...) -> PrometheusAlerts {
        let settings = FeedSettings(
            name: "prom", kind: .prometheus, worlds: [.metrics], url: "http://prom:9090")
        return PrometheusAlerts(
            settings: settings, source: settings.sources[0],
            client: Shelf(["/api/v1/alerts": answers]), resolver: NoResolver())
    }

    private func events(_ listener: Listener) -> [AlertEvent] {
        listener.events.compactMap { event in
            guard case .alerts("prom/metrics", let told) = event else { return nil }
            return told
        }
    }

    @Test func `alerts are listed once, then only what differs`() async throws {
        let all = try MetricsFixture.answer("alerts.json")
        let text = String(decoding: all.body, as: UTF8.self)
        let later = text.replacing("\"pending\"", with: "\"firing\"")
            .replacing(#""alertname":"HighErrorRate""#, with: #""alertname":"Other""#)
        let listener = Listener(pauses: 2)
        await supervise(feed(all, all, .json(later)), listener)
        let told = events(listener)
        guard told.count == 2, case .listed(let listed) = told[0],
            case .changed(let changed, let gone) = told[1]
        else { return #expect(Bool(false), "\(told)") }
        #expect(listed.count == 9)
        let high = try #require(listed.first { $0.labels["alertname"] == "HighErrorRate" })
        #expect(high.state == .firing)
        #expect(high.active == Instant(milliseconds: 1_795_404_063_448))
        #expect(high.value == "1.986607142857143e-01")
        #expect(high.annotations["summary"] == "payments error ratio is 19.87%")
        #expect(changed.map { $0.labels["alertname"] }.sorted() == ["HighLatency", "Other"])
        #expect(gone == [high.fingerprint])
        #expect(listener.notes.first == "8 firing, 1 pending alert")
    }

    @Test func `a fingerprint is Alertmanager's`() async throws {
        let text = #"{"data":{"alerts":[{"labels":{"alertname":"a","b":"c"},"state":"firing"}]}}"#
        let listener = Listener()
        await supervise(feed(.json(text)), listener)
        guard case .listed(let listed) = events(listener).first else {
            return #expect(Bool(false), "nothing was listed")
        }
        #expect(listed.map(\.fingerprint) == ["fc6101df625cd9d2"])
        #expect(listed[0].active == nil)
    }

    @Test func `where there is no list of alerts the rules tell them`() async throws {
        let settings = FeedSettings(
            name: "prom", kind: .prometheus, worlds: [.metrics], url: "http://prom:9090")
        let shelf = Shelf(["/api/v1/rules": [try MetricsFixture.answer("rules.json")]])
        let listener = Listener()
        await supervise(
            PrometheusAlerts(
                settings: settings, source: settings.sources[0], client: shelf,
                resolver: NoResolver()), listener)
        #expect(shelf.targets == ["/api/v1/alerts", "/api/v1/rules"])
        guard case .listed(let listed) = events(listener).first else {
            return #expect(Bool(false), "nothing was listed")
        }
        #expect(listed.contains { $0.labels["alertname"] == "HighErrorRate" })
    }

    @Test func `an engine without alerts has none, and one that refuses is said`() async throws {
        let listener = Listener(pauses: 1)
        let none = try MetricsFixture.answer("victoriametrics-alerts.json")
        let refused = HTTPAnswer(status: 401, body: Array("no org id\n".utf8))
        let failures = await supervise(feed(none, refused), listener)
        #expect(events(listener) == [.listed([])])
        #expect(failures.count == 1)
        #expect(failures.first?.contains("no org id") == true)
    }
}
