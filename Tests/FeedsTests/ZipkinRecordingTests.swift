// ZipkinRecordingTests: what a real store gave, held against what its services sent.
import Events
import Feeds
import Foundation
import Network
import TestKit
import Testing

/// Count, errors, p50, p95 and p99 (nearest rank, `-` for none) of each service and operation.
private func table(_ spans: [SpanRecord]) -> [[String]: [String]] {
    Dictionary(grouping: spans) { [$0.service.escaped, $0.operation.escaped] }.mapValues { spans in
        let durations = spans.compactMap(\.durationMicroseconds).sorted()
        let ranks = [0.5, 0.95, 0.99].map { quantile -> String in
            guard !durations.isEmpty else { return "-" }
            let rank = (quantile * Double(durations.count)).rounded(.up)
            return "\(durations[max(0, Int(rank) - 1)])"
        }
        return ["\(spans.count)", "\(spans.count(where: \.isError))"] + ranks
    }
}

private func expected(_ name: String) throws -> [[String]: [String]] {
    let rows = try Fixture.table(name).dropFirst()
    return Dictionary(uniqueKeysWithValues: rows.map { (Array($0[0...1]), Array($0[2...])) })
}

extension String {
    /// Control characters as `\x1b`.
    fileprivate var escaped: String {
        unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control
                ? "\\x" + String(format: "%02x", scalar.value) : String(scalar)
        }.joined()
    }
}

struct ZipkinRecordingTests {
    /// A quarter of an hour of a shop, with every odd trace; fields that nobody reads are left out.
    @Test func `the spans of a real store come to what its services sent`() async throws {
        let shelf = ZipkinShelf()
        try shelf.lay(recorded: try Fixture.bytes("zipkin/shop.json"))
        let listener = Listener(at: Instant(milliseconds: 1_795_458_432_815), pauses: 3)
        await supervise(zipkin(shelf, window: .seconds(900)), listener)
        let (ours, theirs) = (table(listener.spans), try expected("zipkin/shop.expected.tsv"))
        #expect(ours.count == 53)
        for (key, row) in theirs { #expect(ours[key] == row, "\(key)") }
    }

    @Test func `no span is told twice where each answer may hold little`() async throws {
        let whole = ZipkinShelf()
        try whole.lay(recorded: try Fixture.bytes("zipkin/shop.json"))
        let thrifty = Shelf { (request) throws(NetworkError) in
            let answer = try await whole.send(request)
            if answer.body.count > 60_000 { throw .tooLarge(cap: 60_000) }
            return answer
        }
        let listener = Listener(at: Instant(milliseconds: 1_795_458_432_815))
        await supervise(zipkin(thrifty, window: .seconds(900)), listener)
        #expect(table(listener.spans) == table(listener.spans.uniqued))
        let theirs = try expected("zipkin/shop.expected.tsv")
        #expect(table(listener.spans) == theirs)
    }

    /// A slow trace grows from 5 spans to 15 over 12 s, some of them sent twice, the root late.
    @Test func `a trace that grows over many looks is counted right in the end`() async throws {
        let listener = Listener(at: Instant(milliseconds: 1_795_458_543_686), pauses: 22)
        let tape = try Tape("zipkin/growing", clock: listener)
        let shelf = Shelf { (request) throws(NetworkError) in
            if request.url.hasSuffix("/api/v2/services") { return .json(#"["gateway"]"#) }
            return try tape.answer(request) ?? HTTPAnswer(status: 404)
        }
        await supervise(zipkin(shelf), listener)
        #expect(table(listener.spans) == (try expected("zipkin/growing.expected.tsv")))
        #expect(listener.spans.count == listener.spans.uniqued.count)
    }
}

extension [SpanRecord] {
    fileprivate var uniqued: [SpanRecord] { Array(Set(self)) }
}
