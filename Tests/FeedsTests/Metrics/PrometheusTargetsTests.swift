// PrometheusTargetsTests: what scrapes tell, and above all what they do not.
import Events
import Feeds
import FoundationEssentials
import Network
import Synchronization
import TestKit
import Testing

struct PrometheusTargetsTests {
    @Test func `a scrape is one event, with the target's labels and what it says of itself`() async
    {
        let shelf = Shelf(["/metrics": [exposition("a{b=\"c\"} 1\nd 2.5\n")]])
        let listener = Listener()
        await supervise(targets(shelf), listener)
        #expect(
            listener.written == [
                "a{b=\"c\",instance=\"node:9100\",job=\"node\"} 1@0",
                "d{instance=\"node:9100\",job=\"node\"} 2.5@0",
                "up{instance=\"node:9100\",job=\"node\"} 1@0",
            ])
        #expect(listener.metricEvents.count == 1)
        #expect(listener.notes == ["2 samples"])
    }

    @Test func `a target is asked as Prometheus asks, at /metrics where nothing else is said`()
        async
    {
        let shelf = Shelf(["/metrics": [exposition("a 1")]])
        await supervise(
            targets(shelf, "http://node:9100") { $0.token = Secret("hush") }, Listener())
        #expect(shelf.targets == ["/metrics"])
        let headers = Dictionary(
            shelf.requests[0].headers.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
        #expect(headers["Accept"]?.hasPrefix("application/openmetrics-text;version=1.0.0") == true)
        #expect(headers["X-Prometheus-Scrape-Timeout-Seconds"] == "10.0")
        #expect(headers["Authorization"] == "Bearer hush")
    }

    @Test func `only what differs is told again`() async {
        let shelf = Shelf([
            "/metrics": [exposition("a 1\nb 2\nc NaN\n"), exposition("a 1\nb 3\nc NaN\nd 4\n")]
        ])
        let listener = Listener(pauses: 2)
        await supervise(targets(shelf), listener)
        let scrapes = listener.metricEvents.map(\.scrape)
        #expect(scrapes.map(\.series.count) == [8, 1, 0])
        // 5 to 7 are how many samples there were, and how many series are new.
        #expect(
            scrapes.map { $0.readings.map(\.number) } == [
                [0, 1, 2, 3, 4, 5, 6, 7], [1, 5, 6, 7, 8], [7],
            ])
        #expect(scrapes.map(\.at) == [.second(0), .second(15), .second(30)])
        #expect(
            listener.written.prefix(4).map { $0.filter { $0 != "\"" } } == [
                "a{instance=node:9100,job=node} 1@0 1@15 1@30",
                "b{instance=node:9100,job=node} 2@0 3@15 3@30",
                "c{instance=node:9100,job=node} nan@0 nan@15 nan@30",
                "d{instance=node:9100,job=node} 4@15 4@30",
            ])
    }

    @Test func `lines in another order, or with other spaces, are the same series`() async {
        let shelf = Shelf([
            "/metrics": [
                exposition("a 1\nb{x=\"1\",y=\"2\"} 2\nc 3"),
                exposition("c 3\nb{ y=\"2\", x=\"1\", } 2\n\na 1"),
                exposition("b{x=\"1\",y=\"2\"} 2\nc 3\na 1"),
            ]
        ])
        let listener = Listener(pauses: 2)
        await supervise(targets(shelf), listener)
        #expect(listener.metricEvents.map(\.scrape.series.count) == [8, 0, 0])
        #expect(listener.metricEvents.allSatisfy { $0.scrape.gone.isEmpty })
    }

    @Test func `a series that is gone is stale, and its number is void`() async {
        let shelf = Shelf([
            "/metrics": [exposition("a 1\nb 2"), exposition("b 2"), exposition("a 1\nb 2")]
        ])
        let listener = Listener(pauses: 2)
        await supervise(targets(shelf), listener)
        let scrapes = listener.metricEvents.map(\.scrape)
        #expect(scrapes.map(\.gone) == [[], [0], []])
        #expect(scrapes[2].firstNumber == 7)
        #expect(listener.written.first == "a{instance=\"node:9100\",job=\"node\"} 1@0 1@30")
        #expect(listener.lookups("a", at: [0, 15, 30]) == ["1", "", "1"])
    }

    @Test func `when a scrape fails everything is stale but that the target is down`() async {
        let shelf = Shelf([
            "/metrics": [
                exposition("a 1\nb 2"), HTTPAnswer(status: 500, body: Array("boom".utf8)),
                exposition("a 1\nb 2"),
            ]
        ])
        let listener = Listener(pauses: 2)
        let failures = await supervise(targets(shelf), listener)
        #expect(failures == ["node:9100/metrics answered the scrape with HTTP 500 (boom)"])
        #expect(listener.lookups("a", at: [0, 15, 16]) == ["1", "", "1"])
        #expect(listener.lookups("up", at: [0, 15, 16]) == ["1", "0", "1"])
        // Labels are not told again.
        #expect(listener.metricEvents.map(\.scrape.series.count) == [7, 0, 0])
    }

    @Test(arguments: [
        ("a 1\nb", "line 2: expected value after metric, got"),
        ("a 1\nb{c=\"unter", "line 2: expected label value, got"),
    ])
    func `of a scrape that is broken nothing is taken`(text: String, reason: String) async {
        let listener = Listener()
        let failures = await supervise(targets(Shelf(["/metrics": [exposition(text)]])), listener)
        #expect(
            failures.first?.hasPrefix(
                "node:9100/metrics sent something unreadable for the scrape: \(reason)") == true)
        #expect(listener.written == ["up{instance=\"node:9100\",job=\"node\"} 0@0"])
    }

    @Test func `a web page is no exposition, whatever it holds`() async {
        let page = exposition("a 1", "text/html")
        let failures = await supervise(targets(Shelf(["/metrics": [page]])), Listener())
        #expect(failures.first?.hasSuffix("and this has the Content-Type \"text/html\"") == true)
    }

    @Test(arguments: [0, 180, 360, 395])
    func `what a target repeats of our secrets is hidden, and long words are cut`(
        padding: Int
    ) async {
        let shelf = Shelf { (request) throws(NetworkError) in
            let sent = request.headers.last?.value.replacing("Bearer ", with: "") ?? ""
            return exposition("a{b=\"\(String(repeating: "-", count: padding))\(sent) and more")
        }
        let failures = await supervise(
            targets(shelf) { $0.token = Secret("hush-hush-hush") }, Listener())
        #expect(failures.first?.contains("expected label value") == true)
        #expect(failures.first?.contains("hush") == false)
        #expect(failures.first.map { $0.count < 500 } == true)
    }

    @Test func `OpenMetrics is read as such`() async {
        let answer = exposition(
            "a_total 1 # {b=\"c\"} 1\n# EOF\n", "application/openmetrics-text; version=1.0.0")
        let listener = Listener()
        await supervise(targets(Shelf(["/metrics": [answer]])), listener)
        #expect(listener.lookups("a_total", at: [0]) == ["1"])
    }

    @Test func `more samples than the limit are refused`() async {
        let lines = (1...50_001).map { "a{b=\"\($0)\"} 1\n" }
        let shelf = Shelf([
            "/metrics": [exposition(lines.joined()), exposition(lines.dropFirst().joined())]
        ])
        let listener = Listener(pauses: 1)
        let failures = await supervise(targets(shelf), listener)
        #expect(failures.first?.hasSuffix("sample limit exceeded: 50,000 samples and more") == true)
        #expect(listener.notes == ["50,000 samples"])
        #expect(listener.lookups("scrape_samples_scraped", at: [0, 15]) == ["50001", "50000"])
    }

    @Test func `of two samples of one series the first counts, and it is said`() async {
        let listener = Listener()
        await supervise(targets(Shelf(["/metrics": [exposition("a 1\na 2\nup 7")]])), listener)
        #expect(listener.lookups("a", at: [0]) == ["1"])
        #expect(listener.notes == ["3 samples; 2 of a series that was there already, left out"])
    }

    @Test func `a target's own job and instance are kept beside ours, or instead of them`() async {
        let shelf = Shelf(["/metrics": [exposition("a{job=\"x\",exported_job=\"y\"} 1")]])
        let (beside, instead) = (Listener(), Listener())
        await supervise(targets(shelf), beside)
        #expect(
            beside.written.first
                == "a{exported_exported_job=\"x\",exported_job=\"y\",instance=\"node:9100\",job=\"node\"} 1@0"
        )
        await supervise(
            targets(shelf) { ($0.honorsLabels, $0.job) = (true, "push") }, instead)
        #expect(
            instead.written.prefix(1)
                == ["a{exported_job=\"y\",instance=\"node:9100\",job=\"x\"} 1@0"])
    }

    @Test func `a value with a time of its own is of that time, and never stale`() async {
        let shelf = Shelf([
            "/metrics": [
                exposition("a 1 5000\nb 1 \(Int64.max)\nc 1 -1"), exposition("a 1 5000"),
                exposition(""),
            ]
        ])
        let listener = Listener(at: .second(10), pauses: 2)
        await supervise(targets(shelf), listener)
        #expect(listener.written.first?.hasSuffix(" 1@5") == true)
        #expect(listener.lookups("a", at: [10, 25, 40]) == ["1", "1", "1"])
    }

    @Test func `samples from another age are left out`() async {
        let shelf = Shelf(["/metrics": [exposition("a 1 1000000000000\nb 2")]])
        let listener = Listener(at: .second(1_795_000_000), pauses: 1)
        await supervise(targets(shelf), listener)
        #expect(listener.notes.first == "1 sample; 1 too old or too new, left out")
        #expect(listener.metricEvents.map(\.scrape.series.count) == [6, 0])
    }

    @Test func `every instance of a discovered service is a target`() async {
        let shelf = Shelf { (request) throws(NetworkError) in
            guard request.url != "http://10.0.0.2:80/m" else {
                throw .unreachable("refused the connection")
            }
            return exposition("a 1")
        }
        let listener = Listener(pauses: 1)
        await supervise(
            targets(shelf, "consul://shop/m", resolver: TwoInstances()), listener)
        #expect(Set(shelf.requests.map(\.url)) == ["http://10.0.0.1:80/m", "http://10.0.0.2:80/m"])
        #expect(
            listener.written.map { $0.filter { $0 != "\"" } } == [
                "a{instance=10.0.0.1:80,job=node} 1@0 1@15",
                "up{instance=10.0.0.1:80,job=node} 1@0 1@15",
                "up{instance=10.0.0.2:80,job=node} 0@0 0@15",
            ])
        #expect(
            listener.notes.first == "1 of 2 targets, 1 sample; 10.0.0.2:80/m refused the connection"
        )
    }

    @Test func `an instance that leaves takes its series along`() async {
        let listener = Listener(pauses: 1)
        let shelf = Shelf(["/m": [exposition("a 1")]])
        let failures = await supervise(
            targets(shelf, "consul://shop/m", resolver: Leaving()), listener)
        #expect(failures == ["the registry knows no healthy instance of shop"])
        #expect(listener.lookups("a", at: [0, 15]) == ["1", ""])
        #expect(listener.lookups("up", at: [0, 15]) == ["1", ""])
    }

    @Test func `control characters in labels stay what they are, in the event and the journal`()
        async throws
    {
        let shelf = Shelf(["/metrics": [exposition("a{b=\"\u{1B}[2J\u{202E}x\"} 1")]])
        let listener = Listener()
        await supervise(targets(shelf), listener)
        let event = try #require(listener.events.first)
        let line = try JSONEncoder().encode(event)
        #expect(try JSONDecoder().decode(Event.self, from: line) == event)
        #expect(!line.contains(0x1B))
        #expect(listener.written.first?.contains("b=\"\u{1B}[2J\u{202E}x\"") == true)
    }
}

private struct TwoInstances: ServiceResolver {
    func addresses(of service: String, onlyPassing: Bool) async -> [String] {
        ["10.0.0.1:80", "10.0.0.2:80"]
    }
}

/// One instance, then none.
private final class Leaving: ServiceResolver {
    private let isGone = Mutex(false)

    func addresses(of service: String, onlyPassing: Bool) async -> [String] {
        isGone.withLock { isGone in
            defer { isGone = true }
            return isGone ? [] : ["10.0.0.1:80"]
        }
    }
}
