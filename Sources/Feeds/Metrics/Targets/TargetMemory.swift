// TargetMemory: what was told of one target, so that only what differs is told again.
import Events

/// Series by their labels, and the value that each had at the last scrape.
struct TargetMemory: Sendable {
    private struct Known: Sendable {
        var labels: Labels
        var value: Double
        var at: Instant?
        /// The scrape that it was last seen in.
        var scrape: Int
        /// Its last value is not told by silence: the target could not be read since.
        var isStale = false
    }

    private var known: [Int: Known] = [:]
    private(set) var numbers: [Labels: Int] = [:]
    private var scrape = 0
    /// The last answer and the series written in it, in order.
    private(set) var last = ReadScrape()

    var numbersInUse: [Int] { known.keys.sorted() }

    /// Takes a scrape that was read whole; `report` are series about the scrape itself.
    ///
    /// - Returns: what is to be told, and how many samples were there twice.
    mutating func take(
        _ read: ReadScrape, report: [ScrapedSample], at now: Instant, target: String
    ) -> (told: Scrape, doubles: Int) {
        var told = begin(read, at: now, target: target)
        var doubles = 0
        for sample in read.samples where !note(sample, &told) { doubles += 1 }
        // The report last: as in Prometheus, a target's own `up` counts.
        for sample in report where !note(sample, isReport: true, &told) { doubles += 1 }
        told.gone = known.filter { $0.value.scrape != scrape }.map(\.key).sorted()
        for number in told.gone { forget(number) }
        told.readings.sort { ($0.number, $0.at ?? now) < ($1.number, $1.at ?? now) }
        last = read
        return (told, doubles)
    }

    /// A scrape failed: everything but the report is stale.
    mutating func fail(
        _ read: ReadScrape, report: [ScrapedSample], at now: Instant, target: String
    ) -> Scrape {
        var told = begin(read, at: now, target: target)
        for number in known.keys { known[number]?.isStale = true }
        for sample in report { _ = note(sample, isReport: true, &told) }
        return told
    }

    private mutating func begin(_ read: ReadScrape, at now: Instant, target: String) -> Scrape {
        scrape += 1
        for (offset, labels) in read.series.enumerated() {
            let number = read.firstNumber + offset
            numbers[labels] = number
            known[number] = Known(labels: labels, value: 0, at: nil, scrape: 0, isStale: true)
        }
        return Scrape(
            at: now, target: target, firstNumber: read.firstNumber, series: read.series)
    }

    /// False where the series had a value of that moment in this scrape already, or of any moment
    /// where the sample is a line that has no time.
    private mutating func note(
        _ sample: ScrapedSample, isReport: Bool = false, _ told: inout Scrape
    ) -> Bool {
        guard var known = known[sample.number] else { return true }
        let isOther = sample.at != known.at && (sample.at != nil || isReport)
        guard known.scrape != scrape || isOther else { return false }
        let isNew =
            known.isStale || known.at != sample.at
            || known.value.bitPattern != sample.value.bitPattern
        if isNew { told.readings.append(Reading(sample.number, sample.value, at: sample.at)) }
        (known.value, known.at, known.scrape) = (sample.value, sample.at, scrape)
        known.isStale = false
        self.known[sample.number] = known
        return true
    }

    private mutating func forget(_ number: Int) {
        guard let gone = known.removeValue(forKey: number) else { return }
        numbers[gone.labels] = nil
    }
}
