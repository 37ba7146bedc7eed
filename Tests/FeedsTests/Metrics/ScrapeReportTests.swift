// ScrapeReportTests: the series that a scrape brings about itself, as Prometheus 2.42 writes them.
import Events
import Network
import TestKit
import Testing

struct ScrapeReportTests {
    /// What each metric of the report was, scrape by scrape.
    private func report(
        _ answers: HTTPAnswer..., metrics: [String], at now: Instant = .second(0)
    ) async -> [[String]] {
        let listener = Listener(at: now, pauses: answers.count - 1)
        await supervise(targets(Shelf(["/metrics": answers])), listener)
        let seconds = listener.metricEvents.map { Int($0.scrape.at.milliseconds / 1000) }
        return metrics.map { listener.lookups($0, at: seconds) }
    }

    private let counts = [
        "scrape_samples_scraped", "scrape_samples_post_metric_relabeling", "scrape_series_added",
    ]

    @Test func `a scrape says how many samples it held and how many series are new`() async {
        let found = await report(
            exposition("a 1\nb 2"), exposition("a 1"), exposition("b 2\na 1\nc 3"),
            metrics: counts)
        #expect(found == [["2", "1", "3"], ["2", "1", "3"], ["2", "0", "2"]])
    }

    @Test func `samples that are left out were scraped, and are no new series`() async {
        let found = await report(
            exposition("a 1 1700000000000\nb 1\nb 2"), metrics: counts,
            at: .second(1_795_000_000))
        #expect(found == [["3"], ["3"], ["1"]])
    }

    @Test func `of a scrape that breaks off what was read is counted, of none nothing`() async {
        let found = await report(
            exposition("a 1\nb 2\nbroken"), HTTPAnswer(status: 500, body: []),
            exposition("a 1\nb 2"), exposition("a 1"), metrics: ["up"] + counts)
        #expect(
            found == [
                ["0", "0", "1", "1"], ["2", "0", "2", "1"], ["2", "0", "2", "1"],
                ["0", "0", "2", "0"],
            ])
    }

    @Test func `a target's own value counts where it exposes a series of the report`() async {
        let found = await report(
            exposition("up 7\na 1"), HTTPAnswer(status: 500, body: []), exposition("up 7 1000"),
            metrics: ["up"])
        #expect(found == [["7", "0", "1"]])
    }
}
