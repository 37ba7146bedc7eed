// ScrapedSample: one sample of a scrape that could be read whole.
import Events

/// A sample under the number of its series.
struct ScrapedSample: Sendable {
    var number: Int
    var value: Double
    var at: Instant?
}

/// What a target answered, read to its end: nothing of it is remembered yet.
struct ReadScrape: Sendable {
    /// The answer, and where in it each series is written, in order: the next one is likely alike.
    var bytes: [UInt8] = []
    var lines: [(series: Range<Int>, number: Int)] = []
    var samples: [ScrapedSample] = []
    /// Series that were not known, counting up from ``firstNumber``.
    var series: [Labels] = []
    var firstNumber = 0
    /// Samples whose own time lies too far from now.
    var outOfBounds = 0
    /// All samples that the target exposed, also those that are left out.
    var exposed = 0
}
