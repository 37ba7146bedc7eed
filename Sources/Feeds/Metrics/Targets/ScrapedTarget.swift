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
    /// How many samples there were in an answer that was not taken, up to where it broke off.
    private var exposedInVain = 0

    init(job: String, instance: String, honorsOwn: Bool) {
        self.instance = instance
        labels = TargetLabels(job: job, instance: instance, honorsOwn: honorsOwn)
    }

    /// Takes an answer, whole or not at all; new series are numbered from `nextNumber` on.
    mutating func take(
        _ bytes: [UInt8], _ format: ExpositionFormat, _ time: ScrapeTime, nextNumber: inout Int
    ) throws(ScrapeFault) -> (event: MetricEvent, count: ScrapeCount) {
        var reading = reading(time, nextNumber)
        do throws(ScrapeFault) {
            try reading.read(bytes, format)
        } catch {
            exposedInVain = reading.read.exposed
            throw error
        }
        let report = report(&reading, isUp: true, exposed: reading.read.exposed, time)
        nextNumber += reading.read.series.count
        let read = reading.read
        let (told, doubles) = memory.take(read, report: report, at: time.began, target: instance)
        let count = ScrapeCount(
            samples: read.samples.count, doubles: doubles, outOfBounds: read.outOfBounds)
        return (.scraped(told), count)
    }

    /// Takes it that a scrape failed: without an answer, or with the last one.
    mutating func fail(_ time: ScrapeTime, nextNumber: inout Int) -> MetricEvent {
        defer { exposedInVain = 0 }
        var reading = reading(time, nextNumber)
        let report = report(&reading, isUp: false, exposed: exposedInVain, time)
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
    ///
    /// Nothing is relabelled here: what is scraped remains. Of a scrape that failed no series is added,
    /// where Prometheus counts once those that it read in vain.
    /// Source: <https://prometheus.io/docs/concepts/jobs_instances/>.
    private func report(
        _ reading: inout ScrapeReading, isUp: Bool, exposed: Int, _ time: ScrapeTime
    ) -> [ScrapedSample] {
        let values = [
            ("up", isUp ? 1 : 0), ("scrape_duration_seconds", time.seconds),
            ("scrape_samples_scraped", Double(exposed)),
            ("scrape_samples_post_metric_relabeling", Double(exposed)),
            ("scrape_series_added", Double(reading.read.series.count)),
        ]
        return values.map { name, value in
            ScrapedSample(number: reading.number(of: labels.series(name)), value: value)
        }
    }
}
