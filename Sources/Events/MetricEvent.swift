// MetricEvent: what targets of metrics tell us, series by number.

/// What one scrape of one target came to.
///
/// A scrape of 10,000 series comes every 15 seconds: the labels of a series are told once, and from
/// then on only a number, and only where its value is another one. The numbers of a feed are never
/// used twice in a session.
package enum MetricEvent: Hashable, Codable, Sendable {
    /// The target answered; a series that is not named has the value that it had.
    case scraped(Scrape)
    /// It did not, or with something unreadable: every series but those named in the scrape, such
    /// as `up`, is stale until a value is told of it again.
    case failed(Scrape)
}

/// The moment of a scrape, and how it differs from the one before.
package struct Scrape: Hashable, Sendable {
    /// When it began.
    package var at: Instant
    /// The label `instance` of the target, which tells apart the targets of one feed.
    package var target: String
    /// The number of the first of ``series``; the others count up from it.
    package var firstNumber: Int
    /// Series that were not known before, with the metric's name and the target's labels.
    package var series: [Labels]
    /// Values that are new, by rising number.
    package var readings: [Reading]
    /// Series that are no longer there: they are stale, and their numbers are void.
    package var gone: [Int]

    package init(
        at: Instant, target: String, firstNumber: Int = 0, series: [Labels] = [],
        readings: [Reading] = [], gone: [Int] = []
    ) {
        (self.at, self.target, self.firstNumber) = (at, target, firstNumber)
        (self.series, self.readings, self.gone) = (series, readings, gone)
    }
}

/// One value of one series.
package struct Reading: Sendable {
    package var number: Int
    package var value: Double
    /// Where the target itself says when it was so: a value of that moment only, which neither
    /// goes on at the next scrape nor becomes stale.
    package var at: Instant?

    package init(_ number: Int, _ value: Double, at: Instant? = nil) {
        (self.number, self.value, self.at) = (number, value, at)
    }
}

extension Reading: Hashable {
    /// By the bits of the value: NaN is equal to itself.
    package static func == (one: Self, other: Self) -> Bool {
        one.number == other.number && one.at == other.at
            && one.value.bitPattern == other.value.bitPattern
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(number)
        hasher.combine(value.bitPattern)
        hasher.combine(at)
    }
}
