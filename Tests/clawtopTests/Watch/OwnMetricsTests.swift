import Events
import Feeds
import Foundation
import Notifying
import TestKit
import Testing
import WorldModel

@testable import clawtop

struct OwnMetricsTests {
    private var page: String {
        let world = world([
            (1, .answered("consul/registry", requests: 7)), (2, .lost("lra/sagas", "gone")),
            (5, .tick),
        ])
        var counts = WatchCounts()
        counts.evaluations = 12
        counts.evaluating = .milliseconds(1500)
        counts.store = StoreMeter(writes: 3, errors: 1, writing: .milliseconds(250))
        counts.receivers["a \"b\"\\\n"] = .init()
        return OwnMetrics(world: world, isLeading: true, counts: counts, droppedLines: 2).text
    }

    @Test func `each number stands under its name`() {
        for line in [
            #"clawtop_alerts{state="firing",severity="critical"} 0"#,
            #"clawtop_feed_up{feed="consul/registry"} 1"#, #"clawtop_feed_up{feed="lra/sagas"} 0"#,
            #"clawtop_feed_requests_total{feed="consul/registry"} 7"#,
            #"clawtop_feed_lag_seconds{feed="consul/registry"} 4"#,
            "clawtop_rule_evaluation_duration_seconds_sum 1.5",
            "clawtop_rule_evaluation_duration_seconds_count 12",
            "clawtop_store_write_duration_seconds_sum 0.25", "clawtop_store_errors_total 1",
            "clawtop_leader 1", "clawtop_dropped_lines_total 2",
            #"clawtop_notifications_sent_total{receiver="a \"b\"\\\n"} 0"#,
        ] {
            #expect(page.contains(line + "\n"), "\(line)")
        }
    }

    @Test func `our own scraper reads them`() throws {
        let format = try #require(ExpositionFormat(contentType: Exposition.contentType))
        var parser = ExpositionParser(Array(page.utf8), format)
        var names: Set<String> = []
        while try parser.next() != nil { names.insert(try parser.labels().metricName) }
        #expect(names.count == 21)
        #expect(names.allSatisfy { $0.hasPrefix("clawtop_") })
    }

    @Test(.enabled(if: path("promtool") != nil, "promtool is not on the PATH"))
    func `promtool has nothing to say against them`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(page, to: "page")
        let ended = try run("/bin/sh", ["-c", "promtool check metrics < \"$0\"", file])
        #expect(ended.printed == "" && ended.code == 0)
    }
}
