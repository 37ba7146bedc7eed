// MetricJournalTests: what scrapes take in a journal, and that it reads back.
import Events
import Feeds
import FoundationEssentials
import TestKit
import Testing

struct MetricJournalTests {
    @Test func `a scrape of ten thousand series, a quarter of which changed, takes 30 KB`()
        async throws
    {
        let texts = (0..<3).map { round in
            (0..<10_000).map { number in
                let value = number.isMultiple(of: 4) ? number * 3 + round : number
                return "http_requests_total{route=\"/api/orders/\(number % 500)\",code=\"200\","
                    + "pod=\"orders-7d9f8b6c5-\(number)\"} \(value)\n"
            }.joined()
        }
        let listener = Listener(pauses: 2)
        await supervise(targets(Shelf(["/metrics": texts.map { exposition($0) }])), listener)
        let lines = try listener.events.map { try JSONEncoder().encode($0) }
        // Labels are told once.
        #expect(lines[0].count < 1_700_000)
        #expect(lines[1].count < 30_000)
        #expect(lines[2].count < 30_000)
        let read = try lines.map { try JSONDecoder().decode(Event.self, from: $0) }
        // A failure would print all of them.
        let isEqual = read == listener.events
        #expect(isEqual)
    }

    @Test func `every value reads back as it was`() throws {
        let values = [
            0, -0.0, 1, -17, 0.1, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .nan,
            .infinity,
            -.infinity, 9_007_199_254_740_992, 1e21, 1e-7,
        ]
        let readings = values.enumerated().map { offset, value in
            Reading(
                offset * offset, value, at: offset.isMultiple(of: 3) ? .second(-offset) : nil)
        }
        let scrape = Scrape(
            at: .second(1), target: "h:1", firstNumber: 7, series: [Labels(["a": "b\u{0}"])],
            readings: readings, gone: [1, 2])
        for event in [MetricEvent.scraped(scrape), .failed(scrape)] {
            let line = try JSONEncoder().encode(event)
            #expect(try JSONDecoder().decode(MetricEvent.self, from: line) == event)
        }
    }

    @Test(arguments: ["x", "1", ":1", "1:", "1:x", "1:2@", "1:2@x", "9223372036854775807:1 2 3"])
    func `odd readings are refused or read, never worse`(text: String) {
        let line = #"{"at":1,"target":"t","readings":"\#(text)"}"#
        _ = try? JSONDecoder().decode(Scrape.self, from: Data(line.utf8))
    }
}
