// ZipkinSearchTests: what is asked of a store, and how often.
import Events
import Feeds
import Foundation
import Network
import TestKit
import Testing

extension ZipkinShelf {
    /// The parameters of each search.
    fileprivate var queries: [[String: String]] {
        searches.map { target in
            let items = URLComponents(string: target)?.queryItems ?? []
            return Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
        }
    }
}

/// Traces of one span each, `count` of them spread over the last five minutes.
private func many(_ count: Int, in seconds: Double = 290) -> [Spanned] {
    (0..<count).map {
        Spanned(trace: "t\($0)", at: -Double($0) * seconds / Double(count), seconds: 0.001)
    }
}

struct ZipkinSearchTests {
    @Test func `the first search covers the window and what began before it, in milliseconds`()
        async
    {
        let shelf = ZipkinShelf()
        await supervise(zipkin(shelf, window: .seconds(900)), Listener(at: noon))
        let query = shelf.queries[0]
        #expect(query["endTs"] == "\(noon.milliseconds + 60_000)")
        #expect(query["lookback"] == "\(60_000 + 900_000 + 360_000)")
        #expect(query["limit"] == "1000" && query["serviceName"] == nil)
    }

    @Test func `later searches go half a minute back, and deep once a minute`() async {
        let shelf = ZipkinShelf([Spanned()])
        await supervise(zipkin(shelf), Listener(at: noon, pauses: 61))
        let lookbacks = shelf.queries.compactMap { $0["lookback"].flatMap(Int.init) }
        #expect(lookbacks[1] == 90_000)
        #expect(lookbacks.indices.filter { lookbacks[$0] == 720_000 } == [0, 60])
    }

    @Test func `later searches go back over the slowest trace`() async {
        let shelf = ZipkinShelf([Spanned(at: -50, seconds: 50)])
        await supervise(zipkin(shelf), Listener(at: noon, pauses: 1))
        #expect(shelf.queries[1]["lookback"] == "\(60_000 + 50_000 + 15_000)")
    }

    @Test func `an answer that its limit cut is asked for in halves until it is whole`() async {
        let shelf = ZipkinShelf(many(3500))
        let listener = Listener(at: noon)
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.count == 3500)
        #expect(listener.notes.first?.hasPrefix("3,500 spans in 5m") == true)
        #expect(shelf.searches.count < 16)
    }

    @Test func `more traces in a few milliseconds than the limit are asked for with a higher one`()
        async
    {
        let shelf = ZipkinShelf(many(1200, in: 0))
        let listener = Listener(at: noon)
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.count == 1200)
        #expect(shelf.queries.contains { $0["limit"] == "10000" })
    }

    @Test func `what the latest traces cover tells how many questions are needed`() async {
        let shelf = ZipkinShelf(many(20_000))
        let listener = Listener(at: noon)
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.count == 20_000)
        // 20 full answers would hold them; halves of halves would be some 58 questions.
        #expect(shelf.searches.count < 50)
    }

    @Test func `an answer that is too long is asked for in halves`() async {
        let shelf = ZipkinShelf(many(400), bodyCap: 20_000)
        let listener = Listener(at: noon)
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.count == 400)
    }

    @Test func `a moment that is too long cannot be read, and says so`() async {
        let failures = await supervise(
            zipkin(ZipkinShelf(many(400, in: 0), bodyCap: 20_000)), Listener(at: noon))
        #expect(failures.first?.contains("a few milliseconds of traces are too much") == true)
    }

    @Test func `a store whose shortest answer is too long is not asked for ever shorter ones`()
        async
    {
        let shelf = ZipkinShelf(many(1, in: 0), bodyCap: 10)
        let failures = await supervise(zipkin(shelf), Listener(at: noon))
        #expect(failures.first?.contains("one trace is too long an answer") == true)
        #expect(shelf.searches.count == 2)
    }

    @Test func `the more an answer weighs the longer is the wait for the next`() async {
        let heavy = (0..<3000).map {
            Spanned(
                trace: "t\($0 % 900)", id: "\($0)", tags: ["x": String(repeating: "y", count: 900)])
        }
        let listener = Listener(at: noon, pauses: 1)
        await supervise(zipkin(ZipkinShelf(heavy)), listener)
        #expect(listener.pauses.first.map { $0 > .seconds(2) && $0 < .seconds(10) } == true)
    }

    @Test func `a store that wants a service is asked for one after the other`() async {
        let shelf = ZipkinShelf([
            Spanned(), Spanned(id: "2", service: "a&b"), Spanned(trace: "b", service: "x"),
        ]) {
            if $0 == "/api/v2/services" { return .json(#"["order","a&b","x"]"#) }
            let plain = $0.hasPrefix("/api/v2/traces") && !$0.contains("serviceName=")
            return plain ? HTTPAnswer(status: 400, body: Array("serviceName is missing".utf8)) : nil
        }
        let listener = Listener(at: noon, pauses: 1)
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.count == 3)
        #expect(shelf.queries.count == 7)
        #expect(Set(shelf.queries.compactMap { $0["serviceName"] }) == ["order", "a&b", "x"])
        #expect(listener.notes.last?.contains("asked service by service") == true)
    }

    @Test func `a store that cannot be queried at all is an error`() async {
        let shelf = ZipkinShelf { _ in HTTPAnswer(status: 404, body: Array("404 Not Found".utf8)) }
        let listener = Listener(at: noon)
        let failures = await supervise(zipkin(shelf), listener)
        #expect(failures == ["zipkin:9411 answered /api/v2/traces with HTTP 404 (404 Not Found)"])
        #expect(listener.events.isEmpty && listener.notes.isEmpty)
    }
}

struct ZipkinExtrasTests {
    private static let graph =
        #"[{"parent":"web","child":"order","callCount":7,"errorCount":2},{"parent":"a","child":"b","callCount":1}]"#

    @Test func `the dependencies are told when they change, and asked for every 15 seconds`() async
    {
        let shelf = ZipkinShelf { $0.hasPrefix("/api/v2/dependencies") ? .json(Self.graph) : nil }
        let listener = Listener(at: noon, pauses: 30)
        await supervise(zipkin(shelf), listener)
        let calls = [
            ServiceCall(caller: "a", callee: "b", calls: 1, errors: 0),
            ServiceCall(caller: "web", callee: "order", calls: 7, errors: 2),
        ]
        #expect(listener.traceEvents == [.dependencies(calls)])
        let asked = shelf.targets.filter { $0.hasPrefix("/api/v2/dependencies") }
        #expect(asked.count == 3)
        #expect(asked[0] == "/api/v2/dependencies?endTs=\(noon.milliseconds)&lookback=300000")
    }

    @Test(arguments: [404, 500])
    func `a store without dependencies is no worse for it`(status: Int) async {
        let shelf = ZipkinShelf([Spanned()]) {
            $0.hasPrefix("/api/v2/dependencies") ? HTTPAnswer(status: status) : nil
        }
        let listener = Listener(at: noon)
        #expect(await supervise(zipkin(shelf), listener).isEmpty)
        #expect(listener.notes == ["1 span in 5m; HTTP \(status) for the dependencies"])
    }

    @Test(arguments: [(true, "0 spans in 15m"), (false, "searching is switched off")])
    func `an empty store is asked once whether it may be searched`(
        enabled: Bool, words: String
    ) async {
        let shelf = ZipkinShelf {
            switch $0 {
            case "/zipkin/config.json": .json(#"{"searchEnabled":\#(enabled)}"#)
            case let path where path.hasPrefix("/api/v2/dependencies"): .json("[]")
            default: nil
            }
        }
        let listener = Listener(at: noon, pauses: 2)
        await supervise(zipkin(shelf, window: .seconds(900)), listener)
        #expect(listener.notes.allSatisfy { $0.contains(words) })
        #expect(shelf.targets.filter { $0.hasSuffix("config.json") }.count == 1)
    }

    @Test(arguments: [
        ("", "the answer is empty"), ("<!doctype html>", "a web page came instead of JSON"),
        (#"[[{"traceId":"a","#, "is the end of a document cut short"),
        (#"{"0":[]}"#, "byte 0 should begin an array"),
        (#"[[{"traceId":"a","id":"1","timestamp":"7"}]]"#, "should begin a whole number"),
        (#"[[{"traceId":"a","id":"1","timestamp":1.5}]]"#, "should be a comma"),
        (#"[[{"traceId":"a","id":"1","localEndpoint":[]}]]"#, "should begin an object"),
        (#"[[{"traceId":"a"}]]"#, "byte 58 begins a span without traceId or id"),
        (#"[[{"id":["a"]}]]"#, "should begin a string"), (#"[[]]x"#, "should be the end"),
    ])
    func `a mangled answer is an error that says where, and tells nothing`(
        body: String, words: String
    ) async {
        let good = #"[{"traceId":"b","id":"1","timestamp":1795434000000000}]"#
        let mangled = body.hasPrefix("[") ? "[\(good),\(body.dropFirst())" : body
        let shelf = ZipkinShelf { $0.hasPrefix("/api/v2/traces") ? .json(mangled) : nil }
        let listener = Listener(at: noon)
        let failures = await supervise(zipkin(shelf), listener)
        #expect(failures.first?.contains(words) == true, "\(failures)")
        #expect(listener.events.isEmpty && listener.notes.isEmpty)
    }

    @Test func `nulls are taken as absent`() async {
        let body = #"""
            [[{"traceId":"a","id":"1","kind":null,"name":null,"timestamp":1795434000000000,
            "duration":null,"shared":null,"localEndpoint":{"serviceName":null},"tags":null}],[]]
            """#
        let shelf = ZipkinShelf { $0.hasPrefix("/api/v2/traces") ? .json(body) : nil }
        let listener = Listener(at: noon)
        await supervise(zipkin(shelf), listener)
        #expect(listener.spans.map(\.kind) == [.local])
    }
}
