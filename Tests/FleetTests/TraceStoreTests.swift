import Foundation
import Network
import Testing

@testable import Fleet

/// A Zipkin whose clock stands at 100,000 s, and whose spans say seconds.
struct TraceStoreTests {
    @Test func `a recorded trace comes back as Zipkin gave it`() async throws {
        let recorded = try Recorded("zipkin-3.6/trace_shared_span_64")
        let store = TraceStore { 1_795_457_900_000_000 }
        #expect(
            await store.answer(.init("POST", "/api/v2/spans", body: Array(recorded.body))).status
                == 202)
        let answer = await store.answer(.init("GET", "/api/v2/trace/1a1efcaf429219db"))
        #expect(
            String(decoding: answer.body, as: UTF8.self)
                == String(decoding: recorded.body, as: UTF8.self))
        let padded = "0000000000000000" + "1a1efcaf429219db"
        let same = await store.answer(.init("GET", "/api/v2/trace/\(padded)"))
        #expect(same.body == answer.body)
    }

    @Test(arguments: [
        ("zipkin_config_json", "/zipkin/config.json"), ("health", "/health"),
        ("traces_limit_0", "/api/v2/traces?limit=0"),
        ("traces_max_without_min", "/api/v2/traces?maxDuration=6000"),
        ("trace_404", "/api/v2/trace/00000000000000ff"),
    ])
    func `an answer has the shape that was recorded`(name: String, path: String) async throws {
        try Recorded("zipkin-3.6/\(name)").expectSameShape(
            as: await TraceStore().answer(.init("GET", path)))
    }

    @Test(arguments: [
        ("[{\"traceId\":\"xyz\",\"id\":\"1\"}]", "xyz should be lower-hex encoded with no prefix"),
        ("[{\"traceId\":\"1\"}]", "Missing : id reading List<Span> from json"),
        ("{\"traceId\":\"1\",\"id\":\"1\"}", "Expected a JSON_V2 encoded list"),
        ("[{\"traceId\":\"1\",\"id\":", "reading List<Span> from json"),
    ])
    func `what is no list of spans is refused`(body: String, says: String) async {
        let answer = await TraceStore().answer(
            .init("POST", "/api/v2/spans", body: Array(body.utf8)))
        #expect(answer.status == 400)
        #expect(answer.header("Content-Type") == "text/*")
        #expect(String(decoding: answer.body, as: UTF8.self).contains(says))
    }

    @Test func `names are lower case, and an impossible duration is none`() async {
        let store = await store(
            #"{"traceId":"1","id":"1","name":"GET /A","timestamp":99999000000,"duration":0,"localEndpoint":{"serviceName":"Order"}}"#
        )
        #expect(await text(store, "services") == #"["order"]"#)
        #expect(await text(store, "spans?serviceName=ORDER") == #"["get /a"]"#)
        #expect(
            await text(store, "trace/1")
                == #"[{"traceId":"0000000000000001","id":"0000000000000001","name":"get /a","timestamp":99999000000,"localEndpoint":{"serviceName":"order"}}]"#
        )
    }

    @Test func `an exact span sent again is one span, a different one with its id another`() async {
        let first = #"{"traceId":"1","id":"1","timestamp":99999000000}"#
        let other = #"{"traceId":"1","id":"1","timestamp":99999000001}"#
        let store = await store(first, first, other)
        #expect(await text(store, "trace/1").ranges(of: "\"id\"").count == 2)
    }

    @Test func `the window is held against the root's time, and the newest span comes first`() async
    {
        let store = await store(
            span("a", "1", at: 99_000), span("a", "2", parent: "1", at: 99_990),
            span("b", "1", at: 99_950))
        #expect(await found(store, "lookback=10000") == [])
        #expect(await found(store, "lookback=60000") == ["b"])
        #expect(await found(store, "lookback=2000000") == ["a", "b"])
        #expect(await found(store, "lookback=2000000&limit=1") == ["a"])
        #expect(await found(store, "endTs=99000000&lookback=1") == ["a"])
    }

    @Test func `traces are found by what their spans say`() async {
        let store = await store(
            span(
                "a", "1", at: 99_999, service: "order",
                more: #","duration":500,"tags":{"error":"","k":"v"}"#),
            span(
                "b", "1", at: 99_998, service: "payment",
                more: #","duration":5000,"remoteEndpoint":{"serviceName":"bank"}"#))
        #expect(await found(store, "serviceName=order") == ["a"])
        #expect(await found(store, "annotationQuery=error") == ["a"])
        #expect(await found(store, "annotationQuery=error%20and%20k=v") == ["a"])
        #expect(await found(store, "annotationQuery=k=w") == [])
        #expect(await found(store, "minDuration=1000") == ["b"])
        #expect(await found(store, "minDuration=100&maxDuration=1000") == ["a"])
        #expect(await found(store, "remoteServiceName=bank&spanName=all") == ["b"])
        #expect(await found(store, "spanName=other") == [])
    }

    @Test func `a trace grows while its spans are reported`() async {
        let store = await store(span("a", "2", parent: "1", at: 99_990))
        #expect(await found(store, "lookback=60000") == ["a"])
        await add(store, span("a", "1", at: 99_900))
        #expect(await found(store, "lookback=60000") == [])
        #expect(await text(store, "trace/a").ranges(of: "\"id\"").count == 2)
    }

    @Test func `traces older than twenty minutes are forgotten, with their names`() async {
        let store = await store(
            span("a", "1", at: 98_000, service: "old"), span("b", "1", at: 99_999, service: "new"))
        #expect(await text(store, "services") == #"["new"]"#)
        #expect(await store.answer(.init("GET", "/api/v2/trace/a")).status == 404)
    }

    @Test func `only so many spans are kept, those of the newest traces`() throws {
        var table = TraceTable(spanCap: 100)
        for number in 1...500 {
            let body = "[\(span(String(number, radix: 16), "1", at: number))]"
            table.add(try ZipkinSpan.list(Array(body.utf8)), now: 1_000_000_000)
        }
        #expect(try table[TraceID("1")] == nil)
        #expect(try table[TraceID("1f4")] != nil)
    }

    @Test func `a call is counted once, by its server, and fails when either side says so`() async {
        let store = await store(
            span("a", "1", at: 99_999, service: "gateway", more: #","kind":"SERVER""#),
            span(
                "a", "2", parent: "1", at: 99_999, service: "gateway",
                more:
                    #","kind":"CLIENT","remoteEndpoint":{"serviceName":"order"},"tags":{"error":"late"}"#
            ),
            span(
                "a", "2", parent: "1", at: 99_999, service: "order",
                more: #","kind":"SERVER","shared":true"#),
            span(
                "a", "3", parent: "2", at: 99_999, service: "order",
                more: #","kind":"CLIENT","remoteEndpoint":{"serviceName":"bank"}"#))
        let graph = await text(store, "dependencies?endTs=100000000")
        #expect(
            graph.contains(#"{"parent":"gateway","child":"order","callCount":1,"errorCount":1}"#))
        #expect(graph.contains(#"{"parent":"order","child":"bank","callCount":1}"#))
    }

    private func span(
        _ trace: String, _ id: String, parent: String? = nil, at second: Int,
        service: String = "order", more: String = ""
    ) -> String {
        let parent = parent.map { #","parentId":"\#($0)""# } ?? ""
        return #"{"traceId":"\#(trace)","id":"\#(id)"\#(parent),"timestamp":\#(second)000000,"#
            + #""localEndpoint":{"serviceName":"\#(service)"}\#(more)}"#
    }

    private func store(_ spans: String...) async -> TraceStore {
        let store = TraceStore { 100_000_000_000 }
        await add(store, spans.joined(separator: ","))
        return store
    }

    private func add(_ store: TraceStore, _ spans: String) async {
        let request = HTTPServer.Request("POST", "/api/v2/spans", body: Array("[\(spans)]".utf8))
        #expect(await store.answer(request).status == 202)
    }

    private func text(_ store: TraceStore, _ path: String) async -> String {
        String(decoding: await store.answer(.init("GET", "/api/v2/\(path)")).body, as: UTF8.self)
    }

    /// The traces that a search finds, each by the digit of its id.
    private func found(_ store: TraceStore, _ query: String) async -> [String] {
        await text(store, "traces?\(query)").split(separator: "[").compactMap { trace in
            trace.firstRange(of: #""traceId":"000000000000000"#).map {
                String(trace[$0.upperBound...].prefix(1))
            }
        }
    }
}
