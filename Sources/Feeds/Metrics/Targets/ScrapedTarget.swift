// ScrapedTarget: one target: what its answers come to, scrape by scrape.
import Events

/// When a scrape began and ended.
struct ScrapeTime: Sendable {
    var began: Instant
    var ended: Instant

    var seconds: Double { Double(max(0, (ended - began).milliseconds)) / 1000 }
}

/// What a scrape held, for people.
struct ScrapeCount: Sendable {
    var samples = 0
    /// Samples of a series that had one in this scrape already: the first counts.
    var doubles = 0
    /// Samples whose own time lies too far from now.
    var outOfBounds = 0
}

struct ScrapedTarget: Sendable {
    private let labels: TargetLabels
    private let instance: String
    private var memory = TargetMemory()

    init(job: String, instance: String, honorsOwn: Bool) {
        self.instance = instance
        labels = TargetLabels(job: job, instance: instance, honorsOwn: honorsOwn)
    }

    /// Takes an answer, whole or not at all; new series are numbered from `nextNumber` on.
    mutating func take(
        _ bytes: [UInt8], _ format: ExpositionFormat, _ time: ScrapeTime, nextNumber: inout Int
    ) throws(ScrapeFault) -> (event: MetricEvent, count: ScrapeCount) {
        var reading = reading(time, nextNumber)
        try reading.read(bytes, format)
        let report = report(&reading, isUp: true, time)
        nextNumber += reading.read.series.count
        let read = reading.read
        let (told, doubles) = memory.take(read, report: report, at: time.began, target: instance)
        let count = ScrapeCount(
            samples: read.samples.count, doubles: doubles, outOfBounds: read.outOfBounds)
        return (.scraped(told), count)
    }

    /// Takes it that a scrape failed.
    mutating func fail(_ time: ScrapeTime, nextNumber: inout Int) -> MetricEvent {
        var reading = reading(time, nextNumber)
        let report = report(&reading, isUp: false, time)
        nextNumber += reading.read.series.count
        return .failed(
            memory.fail(reading.read, report: report, at: time.began, target: instance))
    }

    /// The target is none any more.
    func end(at now: Instant) -> MetricEvent {
        .scraped(Scrape(at: now, target: instance, gone: memory.numbersInUse))
    }

    private func reading(_ time: ScrapeTime, _ nextNumber: Int) -> ScrapeReading {
        ScrapeReading(memory, labels, firstNumber: nextNumber, at: time.began)
    }

    /// The series that Prometheus adds to each scrape.
    private func report(
        _ reading: inout ScrapeReading, isUp: Bool, _ time: ScrapeTime
    ) -> [ScrapedSample] {
        let values = [
            ("up", isUp ? 1 : 0), ("scrape_duration_seconds", time.seconds),
            ("scrape_samples_scraped", Double(reading.read.samples.count)),
        ]
        return values.map { name, value in
            ScrapedSample(number: reading.number(of: labels.series(name)), value: value)
        }
    }
}
