import Events
import TestKit
import Testing

@testable import WorldModel

struct TraceTests {
    @Test func `percentiles are nearest rank, and a span without a duration counts`() throws {
        var spans = (1...100).map { span($0, second: 10, milliseconds: $0) }
        spans.append(span(101, second: 10, milliseconds: nil, isError: true))
        let world = world([(11, .observed(spans)), (12, .tick)])
        let row = try #require(world.traces.rows(over: .seconds(60), at: world.now).first)
        #expect(row.summary.count == 101)
        #expect(row.summary.errors == 1)
        #expect(row.summary.p50 == 50_000)
        #expect(row.summary.p95 == 95_000)
        #expect(row.summary.p99 == 99_000)
    }

    @Test func `where nothing has a duration there is no percentile`() throws {
        let world = world([(11, .observed([span(1, second: 10, milliseconds: nil)]))])
        let row = try #require(world.traces.rows(over: .seconds(60), at: world.now).first)
        #expect(row.summary.p99 == nil)
    }

    @Test func `a span that changed takes the place of the one told before`() throws {
        let world = world([
            (11, .observed([span(1, second: 10, milliseconds: nil)])),
            (12, .observed([span(2, second: 10, milliseconds: 7)], replacing: [1])),
        ])
        let row = try #require(world.traces.rows(over: .seconds(60), at: world.now).first)
        #expect(row.summary.count == 1)
        #expect(row.summary.p50 == 7000)
    }

    @Test func `only spans that began in the window count, and old ones are forgotten`() {
        let events: [(second: Int, event: Event)] = [
            (10, .observed([span(1, second: 10, milliseconds: 5)])),
            (100, .observed([span(2, second: 100, milliseconds: 5)])),
        ]
        let young = world(events + [(101, .tick)])
        #expect(young.traces.rows(over: .seconds(60), at: young.now).first?.summary.count == 1)
        #expect(young.traces.rows(over: .seconds(300), at: young.now).first?.summary.count == 2)
        let old = world(events + [(2000, .tick)])
        #expect(old.traces.rows(over: .seconds(900), at: old.now).isEmpty)
        #expect(old.traces.traffic.isEmpty)
    }

    @Test func `a slow minute shows in the traffic and in the heat`() throws {
        let spans = (1...60).map { span($0, second: $0, milliseconds: $0 > 30 ? 2000 : 10) }
        let world = world([(60, .observed(spans)), (61, .tick)])
        let traffic = try #require(world.traces.traffic["payment"])
        #expect(traffic.summary.p99 == 2_000_000)
        #expect(traffic.p99s.count == 30)
        let last = try #require(traffic.p99s.compactMap { $0 }.last)
        #expect(last > 1_400_000 && last < 2_900_000)
        #expect(world.traces.heat(of: "payment", at: world.now).reduce(0) { $0 + $1.total } == 60)
    }

    @Test func `buckets are √2 wide and hold what they say`() {
        for microseconds in [1, 64, 65, 90, 91, 128, 1000, 30_000, 1_000_000, 5_000_000_000] {
            let bucket = DurationHistogram.bucket(of: Int64(microseconds))
            guard bucket > 0, bucket < DurationHistogram.buckets - 1 else { continue }
            #expect(DurationHistogram.lowerBound(of: bucket) <= Double(microseconds) * 1.02)
            #expect(DurationHistogram.lowerBound(of: bucket + 1) > Double(microseconds) * 0.98)
        }
    }

    @Test(arguments: [1 << 40, Int64.max - 1, .max])
    func `a duration of years is in the last bucket`(microseconds: Int64) {
        #expect(DurationHistogram.bucket(of: microseconds) == DurationHistogram.buckets - 1)
        var span = span(1, second: 1, milliseconds: 1)
        span.durationMicroseconds = microseconds
        let world = world([(60, .observed([span])), (61, .tick)])
        #expect(world.traces.traffic["payment"]?.summary.p99 == microseconds)
    }

    private func span(
        _ id: Int, second: Int, milliseconds: Int?, isError: Bool = false
    ) -> SpanRecord {
        SpanRecord(
            id: UInt64(id), service: "payment", operation: "charge", kind: .server,
            start: .second(second), durationMicroseconds: milliseconds.map { Int64($0) * 1000 },
            isError: isError)
    }
}

extension Event {
    fileprivate static func observed(
        _ spans: [SpanRecord], replacing: [UInt64] = []
    ) -> Event {
        .traces("zipkin/traces", .observed(spans, replaced: replacing))
    }
}
