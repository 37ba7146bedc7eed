// QueryTests: `clawtop query` as a program: on targets, on engines, on nothing.
import TestKit
import Testing

@testable import clawtop

private let target = """
    # TYPE a counter
    a{b="c"} 2
    a{b="d"} 3

    """

private func serving(_ text: String) throws -> LoopbackServer {
    try LoopbackServer(
        .send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                + "Content-Length: \(text.utf8.count)\r\n\r\n" + text))
}

private func query(_ words: String...) throws -> Ended {
    try TestKit.run(builtProgram, ["query"] + words)
}

struct QueryTests {
    @Test func `an expression is evaluated over what a target exposes`() throws {
        let server = try serving(target)
        let ended = try query("sum(a) + sum by (job) (up)", "--feed", "metrics=\(server.url)")
        #expect(ended.code == 0)
        #expect(ended.printed.isEmpty, "\(ended.printed)")
        let one = try query("sum(a) * scalar(sum(up))", "--feed", "metrics=\(server.url)")
        #expect(one.printed.hasPrefix("{} => 5 @["), "\(one.printed)")
        let json = try query(
            "a > 2", "--format", "json", "--feed", "metrics=\(server.url)/metrics")
        #expect(json.printed.contains(#""job":"metrics"},"value":["#))
        #expect(json.printed.contains("\"3\"]"))
    }

    @Test func `an info stands apart from the warnings`() throws {
        let server = try serving(
            "h_bucket{le=\"1\"} 5\nh_bucket{le=\"2\"} 3\nh_bucket{le=\"+Inf\"} 6\n")
        let ended = try query(
            "histogram_quantile(0.5, h_bucket)", "--format", "json", "--feed",
            "metrics=\(server.url)", "--feed", "lra=http://127.0.0.1:1")
        #expect(ended.printed.contains(#""warnings":["lra/sagas is lost: "#), "\(ended.printed)")
        #expect(ended.printed.contains(#""infos":["PromQL info: "#), "\(ended.printed)")
    }

    @Test func `a feed's own metrics are there, and who is blind is said`() throws {
        let server = try serving(target)
        let ended = try query(
            "feed_up", "--feed", "metrics=\(server.url)", "--feed", "lra=http://127.0.0.1:1")
        #expect(ended.code == 0)
        #expect(ended.printed.contains("feed_up{feed=\"metrics/metrics\"} => 1 @["))
        #expect(ended.printed.contains("feed_up{feed=\"lra/sagas\"} => 0 @["))
        #expect(ended.printed.contains("clawtop: lra/sagas is lost: 127.0.0.1:1 refused"))
    }

    @Test func `the alerts of rules are there, after one evaluation`() throws {
        let ended = try query("ALERTS", "--feed", "lra=http://127.0.0.1:1")
        #expect(ended.code == 0)
        #expect(ended.printed.contains("ALERTS{alertname=\""), "\(ended.printed)")
        #expect(ended.printed.contains("source=\"lra\""))
    }

    @Test func `ranges have something to work on when it watches for a while`() throws {
        let server = try serving(target)
        let ended = try query(
            "count_over_time(up[10s])", "--for", "2s", "--step", "1s", "--feed",
            "metrics=\(server.url)")
        #expect(ended.code == 0)
        #expect(ended.printed.contains("job=\"metrics\"} =>\n1 @["), "\(ended.printed)")
    }

    @Test func `a caret shows where an expression is none`() throws {
        let ended = try query("sum(\n  rate(é[5m)\n)", "--feed", "metrics=http://127.0.0.1:1")
        #expect(ended.code == 2)
        let lines = ended.printed.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("clawtop: 2:8: parse error:") == true, "\(ended.printed)")
        #expect(lines.dropFirst() == ["    rate(é[5m)", "         ^"])
    }

    @Test func `what cannot be evaluated ends with 1, an engine that is not there with 3`() throws {
        let server = try serving(target)
        let feed = "metrics=\(server.url)"
        let ended = try query("a * on (job) a", "--feed", feed)
        #expect(ended.code == 1)
        #expect(ended.printed.hasPrefix("clawtop: found duplicate series for the match group"))
        let histogram = try query("1 + histogram_count(a)", "--feed", feed)
        #expect(histogram.code == 1)
        #expect(histogram.printed == "clawtop: 1:5: histogram_count() is not supported here\n")
        let absent = try query(
            "1", "--source", "prometheus", "--feed", "prometheus=http://127.0.0.1:1")
        #expect(absent.code == 3)
        #expect(absent.printed == "clawtop: 127.0.0.1:1 refused the connection\n")
        let wrong = try query("1", "--source", "prom", "--feed", "prometheus=http://127.0.0.1:1")
        #expect(wrong.code == 2)
        #expect(wrong.printed.contains("no prometheus feed; one of prometheus"))
    }

    @Test(
        .enabled(
            if: PrometheusServer.isWanted, "prometheus is not on the PATH; apt install prometheus"))
    func `a named engine answers instead`() async throws {
        let server = try await PrometheusServer()
        defer { withExtendedLifetime(server) {} }
        let words = ["--source", "prometheus", "--feed", "prometheus=\(server.url)"]
        let vector = try TestKit.run(
            builtProgram, ["query", "vector(7)", "--at", "1700000000.5"] + words)
        #expect(vector.code == 0)
        #expect(vector.printed == "{} => 7 @[1700000000.5]\n")
        let range = try TestKit.run(
            builtProgram,
            ["query", "1 + 1", "--start", "0", "--end", "30", "--step", "15s", "--format", "json"]
                + words)
        #expect(
            range.printed
                == #"{"status":"success","data":{"resultType":"matrix","result":"#
                + #"[{"metric":{},"values":[[0,"2"],[15,"2"],[30,"2"]]}]}}"# + "\n")
        let wrong = try TestKit.run(builtProgram, ["query", "sum("] + words)
        #expect(wrong.code == 2)
        #expect(wrong.printed.contains("parse error: unclosed left parenthesis"))
        let failed = try TestKit.run(
            builtProgram, ["query", #"label_replace(vector(1), "a", "b", "c", "(")"#] + words)
        #expect(failed.code == 1)
        #expect(failed.printed.hasPrefix("clawtop: execution: "))
    }
}
